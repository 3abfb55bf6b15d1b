import { Tooltip } from "@mantine/core";
import { IconChartBar, IconPhoto, IconTable, IconTableExport } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import { useDisplay } from "@/lib/display";
import { MenuButton } from "../menu-button/menu-button";
import type { MenuAction } from "../menu-button/menu-items";
import classes from "./chart.module.css";
import type { ChartProps } from "./chart-props";
import { twinCsv, twinOf } from "./twin";

type Props = ChartProps & {
  title: string;
  /** What the picture is as wide as, and takes its colours from. */
  body: RefObject<HTMLDivElement | null>;
  asTable: boolean;
  onAsTable: (asTable: boolean) => void;
  /** There is nothing to look at or to save. */
  plain: boolean;
  /** Rows that only the table has. */
  more: number;
};

/** Table or drawing, the page's own tools, and the menu to save either. */
export function ChartTools({ title, tools, asTable, onAsTable, plain, more, ...rest }: Props) {
  const { actions, problem } = useSaving({ title, ...rest });
  const turn = asTable ? "View as chart" : "View as table";
  const Icon = asTable ? IconChartBar : IconTable;
  return (
    <span className={classes.tools}>
      {tools}
      {!plain && (
        <>
          {more > 0 && !asTable && (
            <button type="button" className={classes.more} onClick={() => onAsTable(true)}>
              {more} more<span className="visually-hidden"> of {title}, as a table</span>
            </button>
          )}
          <Tooltip label={turn}>
            <button
              type="button"
              className={classes.tool}
              aria-label={turn}
              aria-pressed={asTable}
              onClick={() => onAsTable(!asTable)}
            >
              <Icon size={15} stroke={1.6} aria-hidden="true" />
            </button>
          </Tooltip>
          <MenuButton label={`More for ${title}`} actions={actions} />
        </>
      )}
      {problem && (
        <span role="alert" className={classes.problem}>
          The picture could not be drawn
        </span>
      )}
    </span>
  );
}

type Saving = Pick<Props, "kind" | "data" | "title" | "about" | "height" | "body" | "onSavePng" | "onSaveCsv">;

/** What a chart can be saved as, and whether that failed. */
export function useSaving({ kind, data, title, about = "", height, body, onSavePng, onSaveCsv }: Saving) {
  const { locale, now } = useDisplay();
  const [problem, setProblem] = useState(false);
  const actions: MenuAction[] = [];
  if (onSavePng) {
    const save = async () => {
      const host = body.current;
      if (!host) return;
      const { chartPicture } = await import("./picture");
      onSavePng(await chartPicture(kind, data, { host, title, about, height, locale, now }));
    };
    actions.push({
      id: "png",
      label: "Save picture (PNG)",
      icon: IconPhoto,
      run: () => {
        setProblem(false);
        save().catch(() => setProblem(true));
      },
    });
  }
  if (onSaveCsv) {
    actions.push({
      id: "csv",
      label: "Save numbers (CSV)",
      icon: IconTableExport,
      run: () => onSaveCsv(twinCsv(twinOf(kind, data))),
    });
  }
  return { actions, problem };
}
