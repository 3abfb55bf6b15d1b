import { feature as accounthealth } from "@/features/accounthealth/feature";
import { feature as advertising } from "@/features/advertising/feature";
import { feature as audits } from "@/features/audits/feature";
import { feature as connect } from "@/features/connect/feature";
import { feature as data } from "@/features/data/feature";
import { feature as decisions } from "@/features/decisions/feature";
import { feature as inventory } from "@/features/inventory/feature";
import { feature as journal } from "@/features/journal/feature";
import { feature as listings } from "@/features/listings/feature";
import { feature as modules } from "@/features/modules/feature";
import { feature as reviews } from "@/features/reviews/feature";
import { feature as rows } from "@/features/rows/feature";
import { feature as rules } from "@/features/rules/feature";
import { feature as sales } from "@/features/sales/feature";
import { feature as settings } from "@/features/settings/feature";
import { feature as sku } from "@/features/sku/feature";
import { feature as start } from "@/features/start/feature";
import type { Feature } from "@/lib/feature";

/** Every feature of the window, one line each, in the order of the rail. */
export const features: readonly Feature[] = [
  decisions, // Today
  accounthealth,
  sales,
  inventory,
  advertising,
  listings,
  reviews,
  rules,
  journal,
  audits,
  data,
  connect,
  settings,
  start,
  sku, // these are ways into what other pages show
  rows,
  modules,
];
