import { CustomChart, HeatmapChart, ScatterChart } from "echarts/charts";
import { CalendarComponent, GridComponent, VisualMapContinuousComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  CustomChart,
  HeatmapChart,
  ScatterChart,
  CalendarComponent,
  GridComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  LabelLayout,
]);

/** ECharts with the parts that are used. */
export { init };
