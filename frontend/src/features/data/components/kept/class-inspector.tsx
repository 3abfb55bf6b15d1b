import { useQuery } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { type Holding, type KeptClass, keptQuery } from "../../api/kept";
import { holdingText } from "../../logic/kept";
import { FactList } from "../fact-list";
import inspector from "../inspector.module.css";
import { ClassForm } from "./class-form";
import classes from "./kept.module.css";

type Props = { name: string; onClose: () => void };

/** One class of data: its rule and where that is from, what there is from each origin, and what may be changed. */
export function ClassInspector({ name, onClose }: Props) {
  const { data } = useQuery(keptQuery);
  const found = data?.classes.find((one) => one.name === name);
  if (!found) return null;
  return (
    <Inspector label={`${found.title} details`} onClose={onClose}>
      <h2 className={inspector.title}>{found.title}</h2>
      <p className={inspector.text}>{found.about}</p>
      <InspectorSection title="How long">
        <p className={inspector.text}>{found.kept}</p>
        {found.law !== "" && <p className={classes.small}>{found.law}</p>}
        {found.changed !== "" && (
          <p className={classes.small}>
            Changed by you on <Day value={found.changed} />
          </p>
        )}
        <ClassForm key={`${found.name} ${found.changed}`} of={found} />
      </InspectorSection>
      {found.figures.length > 0 && (
        <InspectorSection title="By which rule">
          {found.figures.map((figure) => (
            <div key={figure.name} className={classes.figure}>
              <p>{figure.text}</p>
              <p className={classes.small}>
                {figure.source} Of <Day value={figure.date} />.
              </p>
            </div>
          ))}
        </InspectorSection>
      )}
      <InspectorSection title="What there is">
        {found.holdings.length === 0 && <p className={inspector.text}>Nothing.</p>}
        {found.holdings.map((one) => (
          <Origin key={one.origin} one={one} />
        ))}
      </InspectorSection>
      <Next of={found} />
    </Inspector>
  );
}

function Origin({ one }: { one: Holding }) {
  const { locale } = useDisplay();
  return (
    <div className={classes.figure}>
      <FactList
        facts={[
          [one.origin_title, holdingText(one, locale)],
          ["Oldest", <Day key="d" value={one.oldest} />],
          ...(one.cleared > 0 ? [["Originals gone, figures left", String(one.cleared)] as const] : []),
        ]}
      />
      <p className={classes.small}>
        {one.bound ? "The limit holds. " : "No limit holds. "}
        {one.why}
      </p>
    </div>
  );
}

function Next({ of }: { of: KeptClass }) {
  if (of.next.text === "") return null;
  return (
    <InspectorSection title="What goes next">
      <p className={inspector.text}>{of.next.text}</p>
    </InspectorSection>
  );
}
