import type { Feature } from "@/lib/feature";
import { originalSearch, rowsSearch } from "./logic/search";

/** The rows behind a number, down to the line of the file it came in. */
export const feature: Feature = {
  name: "rows",
  nav: [],
  routes: [
    { path: "/rows", load: () => import("./pages/rows-page").then((m) => ({ Page: m.RowsPage })), search: rowsSearch },
    {
      path: "/rows/original",
      load: () => import("./pages/original-page").then((m) => ({ Page: m.OriginalPage })),
      search: originalSearch,
    },
  ],
};
