import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { tick } from "../../api/calls";
import { checklistQuery } from "../../api/queries";
import type { Checklist, ChecklistItem } from "../../api/types";
import { adsApplication, developerConsole, developPath } from "../../logic/regions";
import { roles } from "../../logic/roles";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { useAct } from "../use-act";
import styles from "./checklist.module.css";
import { OpenLink } from "./open-link";

type Props = { region: string; onRegion: (region: string) => void; onNext: () => void };

const short = [
  { value: "na", label: "America" },
  { value: "eu", label: "Europe" },
  { value: "fe", label: "Far East" },
];

/** What a seller does once at Amazon to have an application of their own; the ticks are kept. */
export function ChecklistStep({ region, onRegion, onNext }: Props) {
  const { data, error, refetch } = useQuery(checklistQuery);
  return (
    <>
      <Stance />
      <div className={styles.where}>
        <span id="connect-where">Seller Central in</span>
        <SegmentedControl aria-labelledby="connect-where" data={short} value={region} onChange={onRegion} />
        <OpenLink url={developerConsole(region)}>Open Develop Apps</OpenLink>
        <span className={classes.small}>{developPath}, should the address have changed</span>
      </div>
      {error && !data && (
        <ErrorState effect="The checklist could not be read." error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <LoadingRows rows={8} label="Reading the checklist" />}
      {data && <Groups checklist={data} />}
      <div className={classes.actions}>
        <Button onClick={onNext}>I have the three texts</Button>
        {data && (
          <span className={classes.small}>
            {data.done} of {data.total} ticked. Nothing here is a condition for going on.
          </span>
        )}
      </div>
    </>
  );
}

/** What Amazon says about desktop applications, and where that leaves the seller. */
function Stance() {
  return (
    <section className={styles.stance} aria-label="Who is the developer">
      <p>
        <strong>You are the developer of record.</strong> You register a private application for your own account and
        hold its keys. The makers of Purser hold none and run no service.
      </p>
      <p>
        Amazon's documentation says that desktop applications with no connection to their developer's own systems are
        “not acceptable”. It is written for applications that are handed to other sellers; of private ones it says
        nothing. Amazon reviews every registration and may refuse it, and its policies for developers bind you too.
      </p>
      <p className={classes.small}>
        Amazon SP-API documentation, desktop applications, and Amazon's public answers, as of 2026-11.
      </p>
    </section>
  );
}

function Groups({ checklist }: { checklist: Checklist }) {
  const client = useQueryClient();
  const { error, act } = useAct();
  const onTick = async (item: ChecklistItem, done: boolean) => {
    const told = await act(() => tick(item.name, done));
    if (told) client.setQueryData(checklistQuery.queryKey, told);
  };
  return (
    <>
      {checklist.groups.map((group) => (
        <section key={group.name} className={styles.group} aria-labelledby={`connect-${group.name}`}>
          <h3 id={`connect-${group.name}`}>{group.title}</h3>
          <ul>
            {group.items.map((item) => (
              <Item key={item.name} item={item} onTick={(done) => void onTick(item, done)} />
            ))}
          </ul>
          {group.name === "roles" && <Roles />}
        </section>
      ))}
      <Fault error={error} effect="The tick was not kept." />
      <p className={classes.small}>
        {checklist.source}, as of {checklist.date}.
      </p>
    </>
  );
}

function Item({ item, onTick }: { item: ChecklistItem; onTick: (done: boolean) => void }) {
  return (
    <li>
      <Checkbox
        label={item.title}
        description={[item.text, item.link].filter((part) => part !== "").join(" ")}
        checked={item.done_at !== ""}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      {item.name === "ads" && <OpenLink url={adsApplication}>About the Ads API</OpenLink>}
    </li>
  );
}

function Roles() {
  return (
    <dl className={styles.roles}>
      {roles.map(({ name, why }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{why}</dd>
        </div>
      ))}
    </dl>
  );
}
