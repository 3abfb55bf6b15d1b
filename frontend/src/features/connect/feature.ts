import { IconPlugConnected } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { connectSearch } from "./logic/search";

/** The way to the seller's own Amazon account, and what is connected. */
export const feature: Feature = {
  name: "connect",
  nav: [
    { name: "connect", title: "Connections", path: "/connect", icon: IconPlugConnected, group: "machine", chord: "c" },
  ],
  routes: [
    {
      path: "/connect",
      load: () => import("./pages/connect-page").then((module) => ({ Page: module.ConnectPage })),
      search: connectSearch,
    },
  ],
  topics: ["accounts", "jobs"],
};
