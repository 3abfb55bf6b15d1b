import { IconDatabase } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { dataSearch, importSearch } from "./logic/search";

/** What has been imported, how fresh it is, and the way in for more. */
export const feature: Feature = {
  name: "data",
  nav: [{ name: "data", title: "Data", path: "/data", icon: IconDatabase, group: "machine", chord: "d" }],
  routes: [
    { path: "/data", load: () => import("./pages/data-page").then((m) => ({ Page: m.DataPage })), search: dataSearch },
    {
      path: "/data/import",
      load: () => import("./pages/import-page").then((m) => ({ Page: m.ImportPage })),
      search: importSearch,
    },
  ],
  topics: ["ingest", "jobs", "retention"],
};
