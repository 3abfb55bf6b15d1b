import { ActionIcon, Tooltip } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { memo } from "react";
import type { Tile } from "@/lib/dashboards/types";
import { cellValue, numberedValues } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import { Delta } from "../delta/delta";
import { Fact } from "../fact/fact";
import { Sparkline } from "../sparkline/sparkline";
import { useDashboard } from "./dashboard-context";
import { useDefine } from "./define-context";
import classes from "./tile-row.module.css";

/** The primary numbers of a page, in one line. */
export const TileRow = memo(function TileRow() {
  const { page, search } = useDashboard();
  if (page.tiles.length === 0) return null;
  return (
    <ul className={classes.row} aria-label="Primary numbers" data-narrow={search.sel !== undefined}>
      {page.tiles.map((tile) => (
        <TileCell key={tile.name} tile={tile} />
      ))}
    </ul>
  );
});

function TileCell({ tile }: { tile: Tile }) {
  const { page, view, change } = useDashboard();
  const define = useDefine();
  const { locale, now } = useDisplay();
  const table = page.tables.find((candidate) => candidate.name === tile.table);
  const preset = table?.presets.find((candidate) => candidate.name === tile.preset);
  const rows = preset?.title ?? table?.title ?? "";
  return (
    <li className={classes.tile}>
      <button
        type="button"
        className={classes.number}
        data-rows={table !== undefined}
        onClick={() => define({ name: tile.name, subject: tile.subject, view })}
      >
        <span className={classes.title}>{tile.title}</span>
        {numberedValues(tile.values).map(({ id, value }) => (
          <span key={id} className={classes.value}>
            <Fact
              value={cellValue(value, { type: value.num === null ? "text" : "number" }, locale, now)}
              focusable={false}
            />
            {value.num !== null && tile.unit !== "" && tile.unit !== "%" && (
              <span className={classes.unit}> {tile.unit}</span>
            )}
          </span>
        ))}
        <TileFoot tile={tile} />
      </button>
      {table && (
        <Tooltip label={`Rows: ${rows}`}>
          <ActionIcon
            variant="subtle"
            size={24}
            className={classes.rows}
            aria-label={`Show ${rows} of ${tile.title}`}
            onClick={() => change({ table: table === page.tables[0] ? undefined : table.name, preset: preset?.name })}
          >
            <IconTable size={15} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      {tile.line && (
        <span className={classes.line}>
          <Sparkline values={tile.line} width={50} height={18} />
        </span>
      )}
    </li>
  );
}

/** The change with what was before; else whose value it is and of when. */
function TileFoot({ tile }: { tile: Tile }) {
  const { hide_amounts } = useDisplay();
  const { change, subject, window, values } = tile;
  const money = values.some((value) => value.currency !== "");
  const before = hide_amounts && money ? "" : tile.before;
  if (change.text !== "") {
    return (
      <span className={classes.foot} title={before === "" ? undefined : `${change.text}, before ${before}`}>
        <Delta text={change.text} value={change.num} good={change.good} />
        {/* With several currencies the changes take the line. */}
        {before !== "" && values.length === 1 && <span className={classes.before}> before {before}</span>}
      </span>
    );
  }
  return (
    <span className={classes.foot}>{[...new Set([subject, window])].filter((part) => part !== "").join(", ")}</span>
  );
}
