import { Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { linkTo } from "@/lib/address";
import type { Check } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { HiddenAmount } from "@/ui/money/money";
import { ErrorState } from "@/ui/state-card/error-state";
import { checksQuery } from "../../api/queries";
import { checkKey, checkStates, rowsOfCheck } from "../../logic/checks";
import classes from "./checks.module.css";
import { useCheckKeys } from "./use-check-keys";

const none: readonly Check[] = [];

/** The twelve checks of a morning, each a state and a way to its page. */
export function Checks({ active = true }: { active?: boolean }) {
  const { data, error, refetch } = useQuery(checksQuery);
  useCheckKeys(data ?? none, active);
  if (error && !data) {
    return <ErrorState effect="The morning checks could not be read." error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={classes.room}>
      <ol className={classes.checks} aria-label="Morning checks">
        {data?.map((check) => (
          <li key={check.key}>
            <CheckLink check={check} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function CheckLink({ check }: { check: Check }) {
  return (
    <Tooltip label={<Explanation check={check} />} position="bottom">
      <Link
        {...linkTo(check.link)}
        className={classes.check}
        data-state={check.state}
        aria-keyshortcuts={checkKey(check)}
        activeProps={{ "aria-current": undefined }}
      >
        <span className={classes.title}>
          <span className={classes.key} aria-hidden="true">
            {checkKey(check)}
          </span>
          <span className={classes.name}>{check.title}</span>
        </span>{" "}
        <span className={classes.line}>
          <State check={check} />{" "}
          <span className={classes.value}>
            <Covered text={check.value} money={check.money} />
          </span>
        </span>{" "}
        <span className={classes.detail}>
          <Covered text={check.detail} />
        </span>
      </Link>
    </Tooltip>
  );
}

function State({ check }: { check: Check }) {
  const { mark, word } = checkStates[check.state];
  if (word === "") return null;
  return (
    <span className={classes.state}>
      <span aria-hidden="true">{mark}</span>
      <span className={classes.word}>{word}</span>
    </span>
  );
}

/** All of it in words, as the line itself may be cut off. */
function Explanation({ check }: { check: Check }) {
  const key = checkKey(check);
  return (
    <span className={classes.tip}>
      <strong>{check.asks}</strong>
      <span>
        <Covered text={check.value} money={check.money} />
      </span>
      <span>
        <Covered text={check.detail} />
      </span>
      <span>
        {key} opens it{rowsOfCheck(check) && `, Shift ${key} the rows behind it`}.
      </span>
    </span>
  );
}

/** Amounts of money are covered when they are hidden; counts and words stay. */
function Covered({ text, money = false }: { text: string; money?: boolean }) {
  const { hide_amounts } = useDisplay();
  const amount = money || /\p{Sc}/u.test(text);
  return hide_amounts && amount && text !== "?" ? <HiddenAmount /> : text;
}
