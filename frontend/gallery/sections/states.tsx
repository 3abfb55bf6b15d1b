import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { ErrorState } from "@/ui/state-card/error-state";
import {
  EmptyGood,
  FirstUse,
  ModuleFailed,
  NoPermission,
  OfflineNotice,
  PartialNotice,
  StaleNotice,
} from "@/ui/state-card/state-card";
import { Case, Section } from "../case";
import classes from "../gallery.module.css";

const ignore = () => {};
const german =
  "Der Lagerbestandsbericht wurde zuletzt vor 15 Tagen aktualisiert; Entscheidungen zur Nachbestellung ruhen deshalb.";

export function StateSection() {
  return (
    <Section title="States">
      <Case title="First use">
        <FirstUse title="No order is in yet" action={{ label: "Import a report", run: ignore }}>
          Sales per day, SKU and marketplace, from the All orders report.
        </FirstUse>
      </Case>
      <Case title="Empty, and good">
        <EmptyGood title="Nothing runs out">412 SKUs checked at 06:10.</EmptyGood>
      </Case>
      <Case title="Error">
        <ErrorState
          effect="The sales could not be read."
          error={{ code: "storage", message: "The data file is locked.", hint: "Close the other Purser." }}
          onRetry={ignore}
        />
      </Case>
      <Case title="A right is missing">
        <NoPermission title="The returns report is missing" action={{ label: "How to get it", run: ignore }}>
          Without it the return rate is not known; all else is.
        </NoPermission>
      </Case>
      <Case title="A module has stopped">
        <ModuleFailed name="Sales" reason="Its table could not be written." onRetry={ignore} />
      </Case>
      <Case title="Stale, partial, offline; long words">
        <StaleNotice>{german}</StaleNotice>
        <PartialNotice>Two of three marketplaces are in: totals leave out Italy.</PartialNotice>
        <OfflineNotice>No network. Everything here works without.</OfflineNotice>
      </Case>
      <Case title="Inspector" wide>
        <div className={classes.inspector}>
          <Inspector label="Details of SKU-104" onClose={ignore} footer="What can be done">
            <h3>SKU-104 sells out 12 Dec</h3>
            <InspectorSection title="Why">Cover 19 d is below lead time + 7.</InspectorSection>
          </Inspector>
        </div>
      </Case>
    </Section>
  );
}
