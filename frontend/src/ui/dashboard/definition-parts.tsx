import type { Definition, Part, Reference, Value } from "@/lib/dashboards/types";
import { Fact } from "../fact/fact";
import classes from "./definition.module.css";

type Props = {
  definition: Definition;
  reference: Reference;
  onReference: ((reference: Reference) => void) | undefined;
};

/** What a number is made of; each part leads one level down. */
export function DefinitionParts({ definition, reference, onReference }: Props) {
  if (definition.parts.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>Made of</h3>
      <ul className={classes.parts}>
        {definition.parts.map((part) => (
          <li key={`${part.sign} ${part.name} ${part.subject}`}>
            <span className={classes.sign}>{part.sign}</span>
            <PartName
              part={part}
              whole={definition.label}
              onOpen={
                onReference && (() => onReference({ name: part.name, subject: part.subject, view: reference.view }))
              }
            />
            <span className={classes.amount}>
              <Fact value={part.value} type={mayBeMoney(part.value) ? "money" : undefined} focusable={false} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Amounts of several currencies come as one text; what is not plainly a count or a share is taken for one. */
function mayBeMoney({ text, currency }: Value): boolean {
  return currency !== "" || !/^[\d\s.,%≈?—−+-]*$/.test(text);
}

type PartProps = { part: Part; whole: string; onOpen: (() => void) | undefined };

function PartName({ part, whole, onOpen }: PartProps) {
  const name = part.label === "" || part.label === whole ? part.title : `${part.title}, ${part.label}`;
  if (!onOpen) return <span>{name}</span>;
  return (
    <button type="button" className={classes.part} onClick={onOpen}>
      {name}
    </button>
  );
}
