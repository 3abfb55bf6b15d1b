import { Menu, Tooltip } from "@mantine/core";
import { useMemo } from "react";
import type { ChartMarker } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { dayRange, groupMarkers, type MarkerGroup } from "./lane";
import { axisRoom, type DrawnLine, labelRoom } from "./roles";
import type { SeriesData } from "./series";
import { dayText } from "./summary";
import classes from "./time-series.module.css";

type Props = {
  data: SeriesData;
  drawn: readonly DrawnLine[];
  /** Of the whole chart, in pixels; 0 while not known. */
  width: number;
  onMarker: ((link: string) => void) | undefined;
  /** Puts the cursor on the day of a marker. */
  onDay: (day: number) => void;
};

const kinds: Record<ChartMarker["kind"], { shape: string; word: string }> = {
  decision: { shape: "◆", word: "Decision" },
  event: { shape: "●", word: "Event" },
  due: { shape: "▲", word: "Due" },
};

/** What happened, under the plot and at its days; what stands close together is one button with a menu. */
export function DecisionLane({ data, drawn, width, onMarker, onDay }: Props) {
  const right = labelRoom(drawn, width);
  const groups = useMemo(
    () => groupMarkers(data.markers, dayRange(data.days, data.columns), Math.max(120, width - axisRoom - right)),
    [data.markers, data.days, data.columns, width, right],
  );
  const pick = (marker: ChartMarker) => {
    if (onMarker && marker.link !== "") onMarker(marker.link);
    else onDay(marker.day);
  };
  if (groups.length === 0) return null;
  return (
    <ul
      className={classes.lane}
      style={{ marginInlineStart: axisRoom, marginInlineEnd: right }}
      aria-label="What happened on these days"
    >
      {groups.map((group) => (
        <li key={group.at} className={classes.mark} style={{ insetInlineStart: `${group.at * 100}%` }}>
          <Mark group={group} onPick={pick} onDay={onDay} />
        </li>
      ))}
    </ul>
  );
}

type MarkProps = { group: MarkerGroup; onPick: (marker: ChartMarker) => void; onDay: (day: number) => void };

function Mark({ group: { markers }, onPick, onDay }: MarkProps) {
  const { locale, now } = useDisplay();
  const say = (marker: ChartMarker) => `${dayText(marker.day, locale, now)}: ${marker.title}`;
  const [only] = markers;
  if (!only) return null;
  if (markers.length === 1) {
    const { shape, word } = kinds[only.kind] ?? kinds.event;
    return (
      <Tooltip label={say(only)}>
        <button
          type="button"
          className={classes.marker}
          data-kind={only.kind}
          aria-label={`${word}, ${say(only)}`}
          onFocus={() => onDay(only.day)}
          onClick={() => onPick(only)}
        >
          <span aria-hidden="true">{shape}</span>
        </button>
      </Tooltip>
    );
  }
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={classes.marker}
          data-kind="several"
          aria-label={`${markers.length} things from ${dayText(only.day, locale, now)}`}
          onFocus={() => onDay(only.day)}
        >
          {markers.length}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {markers.map((marker) => (
          <Menu.Item
            key={`${marker.day} ${marker.title}`}
            leftSection={<span aria-hidden="true">{(kinds[marker.kind] ?? kinds.event).shape}</span>}
            onClick={() => onPick(marker)}
          >
            {say(marker)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
