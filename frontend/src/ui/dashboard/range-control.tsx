import { Button, Popover, SegmentedControl } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { type FormEvent, memo, useState } from "react";
import { comparisonChoices, comparisonOf, rangeChoices, toDays, toPreset } from "@/lib/dashboards/ranges";
import type { Comparison, RangePreset } from "@/lib/dashboards/search";
import { daysText } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import { dayFromNumber, dayNumber } from "@/lib/format";
import { ChoiceMenu } from "./choice-menu";
import classes from "./controls.module.css";
import { useDashboard } from "./dashboard-context";

const segments = rangeChoices.filter((choice) => choice.key !== undefined);

/** The days that are looked at, and what they are compared with. */
export const RangeControl = memo(function RangeControl() {
  const { page, search, change } = useDashboard();
  const { locale, now } = useDisplay();
  const compared = comparisonOf(search);
  const before = daysText(page.compare_from, page.compare_to, locale, now);
  return (
    <>
      <SegmentedControl
        aria-label="Range"
        data={segments.map((choice) => ({
          value: choice.preset,
          label: <Named short={choice.short} title={choice.title} />,
        }))}
        value={search.range ?? "28d"}
        onChange={(preset) => change(toPreset(preset as RangePreset))}
        className={classes.segments}
      />
      <OtherDays />
      <ChoiceMenu
        label="Compared with"
        shown={compared.versus === "" ? "Not compared" : before === "" ? compared.versus : `vs ${before}`}
        active={search.compare !== undefined}
        value={compared.compare}
        choices={comparisonChoices.map(({ compare, title }) => ({ value: compare, title }))}
        onChange={(compare) => change({ compare: compare as Comparison })}
      />
    </>
  );
});

/** "28 d" for the eye, "Last 28 days" for the ear. */
function Named({ short, title }: { short: string; title: string }) {
  return (
    <>
      <span aria-hidden="true">{short}</span>
      <span className="visually-hidden">{title}</span>
    </>
  );
}

/** The days themselves; a click chooses a month or other days. */
function OtherDays() {
  const { page, change } = useDashboard();
  const { locale, now } = useDisplay();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  const preset = (name: RangePreset) => {
    change(toPreset(name));
    close();
  };
  const shown = daysText(page.from, page.to, locale, now);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={classes.choice}
          aria-label={`Days: ${shown}`}
          leftSection={<IconCalendar size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.shown}>{shown || "Choose days"}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.months}>
          <Button variant="default" onClick={() => preset("month")}>
            This month
          </Button>
          <Button variant="default" onClick={() => preset("last_month")}>
            Last month
          </Button>
        </div>
        <CustomDays
          from={page.from}
          to={page.to}
          last={page.as_of === "" ? "" : dayFromNumber(dayNumber(page.as_of) - 1)}
          onApply={(from, to) => {
            change(toDays(from, to));
            close();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

type CustomProps = { from: string; to: string; last: string; onApply: (from: string, to: string) => void };

function CustomDays({ from: first, to: end, last, onApply }: CustomProps) {
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(end);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (from !== "" && to !== "") onApply(from, to);
  };
  return (
    <form className={classes.custom} onSubmit={submit}>
      <label>
        From
        <input type="date" value={from} max={last} required onChange={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        To
        <input type="date" value={to} max={last} required onChange={(event) => setTo(event.currentTarget.value)} />
      </label>
      <Button type="submit">Show these days</Button>
      <p className={classes.aside}>Days of each marketplace, both included.</p>
    </form>
  );
}
