import type { ReactNode } from "react";
import type { ChartData, ChartKind } from "@/lib/dashboards/types";

/** Which number stands behind a bar or a bullet; subject "" is that of the chart. */
export type ChartRef = { name: string; subject: string };

export type ChartProps = {
  kind: ChartKind;
  /** What is drawn; keep the same object while nothing changed, so that it is not drawn again. */
  data: ChartData;
  /** What the chart is about: the title where there is no finding, else on hover and for screen readers. */
  about?: string;
  /** Whom the chart is about, where that is not clear from the page. */
  subjectLabel?: string;
  /**
   * Height of the plot in pixels, without what is written around it; in a higher card it grows. Bars, bullets and the
   * steps of a waterfall are as high as their rows.
   */
  height?: number;
  /** Charts with the same key share the day under the cursor. */
  syncKey?: string;
  /** At the end of the caption, before the menu. */
  tools?: ReactNode;
  /** A bar or a bullet with a name was chosen: show what is behind it. */
  onOpen?: (ref: ChartRef) => void;
  /** A point of a scatter was chosen. */
  onPoint?: (subject: string) => void;
  /** A marker with a link was chosen. */
  onMarker?: (link: string) => void;
  /** Given a PNG at twice the size, with the title, as a data URL. Without it the menu does not offer it. */
  onSavePng?: (dataUrl: string) => void;
  /** Given the numbers as CSV (RFC 4180, decimal points, ISO days). Without it the menu does not offer it. */
  onSaveCsv?: (text: string) => void;
};
