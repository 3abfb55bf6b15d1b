/** Shapes of the pages: tiles, charts, tables, definitions. Days in charts count from 1970-01-01. */
import type { dashboards, Narrow, page } from "../contract";
import type { Maturity } from "../types";

/** What a page is looked at through: scope and range. */
export type ViewInput = dashboards.ViewInput;

/** One value. `text` is what to show where `num` is null; `line` only in sparkline columns. */
export type Value = Narrow<
  dashboards.ValueOutput,
  { maturity: Maturity | ""; line: (number | null)[] | null; good: "good" | "bad" | "" }
>;

export type Tile = Narrow<dashboards.TileOutput, { values: Value[]; change: Value; line: (number | null)[] | null }>;

export type ChartKind = "lines" | "columns" | "waterfall" | "bars" | "bullets" | "calendar" | "scatter";

export type LineRole = "main" | "second" | "compare" | "limit" | "expected" | "band_low" | "band_high" | "threshold";

export type ChartLine = Narrow<page.Line, { role: LineRole; values: (number | null)[] }>;
export type ChartMarker = Narrow<page.Marker, { kind: "decision" | "event" | "due" }>;
export type Bar = page.Bar;
export type BulletState = "good" | "warning" | "critical" | "unknown";
export type Bullet = Narrow<page.Bullet, { state: BulletState }>;
export type ScatterPoint = page.Point;

/** A chart with its finding. Money is in major units of `currency`. */
export type ChartData = Narrow<
  page.Data,
  { lines: ChartLine[]; markers: ChartMarker[]; bars: Bar[]; bullets: Bullet[]; points: ScatterPoint[] }
>;

export type Chart = Narrow<dashboards.ChartDataOutput, { kind: ChartKind; data: ChartData }>;
export type ChartSpec = Narrow<dashboards.ChartOutput, { kind: ChartKind }>;

export type Filter = page.Filter;
export type TableSpec = dashboards.TableSpecOutput;
export type TableInput = dashboards.TableInput;
export type ColumnType = "number" | "ratio" | "percent" | "money" | "count" | "flag" | "text" | "line";
export type Column = Narrow<dashboards.ColumnOutput, { type: ColumnType; better: "up" | "down" | "" }>;
export type TableRow = Narrow<dashboards.TableRowOutput, { kind: "row" | "group"; cells: Value[] }>;
export type Table = Narrow<dashboards.TableOutput, { columns: Column[]; rows: TableRow[]; totals: Value[] }>;

export type Notice = Narrow<dashboards.NoticeOutput, { kind: "stale" | "partial" | "settling" | "info" }>;
export type PageData = Narrow<dashboards.PageOutput, { tiles: Tile[]; charts: ChartSpec[]; notices: Notice[] }>;

/** Which number a person asks about. */
export type Reference = dashboards.ReferenceInput;
export type Part = Narrow<dashboards.PartOutput, { value: Value }>;
export type Definition = Narrow<dashboards.DefinitionOutput, { values: Value[]; parts: Part[] }>;
export type RowsBehind = Narrow<dashboards.RowsOutput, { columns: Column[]; rows: TableRow[] }>;

export type CheckState = "good" | "warning" | "critical" | "info" | "unknown" | "neutral";
export type Check = Narrow<dashboards.CheckOutput, { state: CheckState }>;

export type Figure = Narrow<dashboards.FigureOutput, { value: Value }>;
export type Lane = Narrow<dashboards.LaneOutput, { data: ChartData }>;
export type Timeline = Narrow<dashboards.TimelineOutput, { figures: Figure[]; lanes: Lane[]; markers: ChartMarker[] }>;

export type Hit = Narrow<dashboards.HitOutput, { kind: "sku" | "campaign" | "search_term" | "order" | "view" }>;
export type SavedView = dashboards.SavedViewOutput;

/** What scopes can be chosen. */
export type Scopes = dashboards.ScopesOutput;
export type Preset = dashboards.PresetOutput;
/** A file that was written. */
export type Exported = dashboards.ExportOutput;
