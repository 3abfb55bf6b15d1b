import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { orderCells, ordersFile, type Report, stock } from "./reports.ts";
import { newDataDir, purser } from "./server.ts";

/** A SKU of the large shop and what it sold in the last 28 days; no two sold for the same amount. */
export type BigSku = {
  subject: string;
  sku: string;
  asin: string;
  title: string;
  price: string;
  market: Market;
  units: number;
  /** In cents of the currency of the marketplace. */
  minor: number;
  stock: number;
};

type Market = (typeof markets)[number];

const markets = [
  { code: "US", channel: "Amazon.com", currency: "USD", skus: 6000 },
  { code: "DE", channel: "Amazon.de", currency: "EUR", skus: 4000 },
] as const;

/** Days ago that are over everywhere and among the last 28 of every marketplace, whatever the time of the day. */
const [recent, days] = [2, 27];
/** More than there are SKUs and prime, so that multiples of another number do not meet. */
const prime = 10_007;

const kinds = ["lamp", "kettle", "towel", "flask", "basket"];

/** All SKUs, those of one marketplace after those of the other. */
export const bigSkus: readonly BigSku[] = markets.flatMap((market, which) => {
  const first = markets.slice(0, which).reduce((sum, { skus }) => sum + skus, 0);
  return Array.from({ length: market.skus }, (_, n): BigSku => {
    const at = first + n;
    const sku = `BIG-${String(at).padStart(5, "0")}`;
    const minor = 2000 + ((at * 7919) % prime);
    return {
      subject: `${market.code}/${sku}`,
      sku,
      asin: `B0BIG${String(at).padStart(5, "0")}`,
      title: `Garden ${kinds[at % kinds.length]} ${at}`,
      price: "19.90",
      market,
      units: 2 + (at % 5),
      minor,
      stock: at % 40,
    };
  });
});

/**
 * Two orders of each SKU: one unit for ten, the others for the rest of its amount. An older one that was cancelled
 * makes the report reach back over all of the 28 days.
 */
function orders(market: Market): Report {
  const lines = bigSkus
    .filter((one) => one.market === market)
    .flatMap(({ sku, asin, title, units, minor }, at) =>
      [
        { quantity: 1, cents: 1000, day: recent + (at % days) },
        { quantity: units - 1, cents: minor - 1000, day: recent + ((at * 5 + 11) % days) },
      ].map(({ quantity, cents, day }, n) => ({
        ...orderCells(day),
        "amazon-order-id": `11${market.code === "US" ? 3 : 4}-000000${n}-${String(at).padStart(7, "0")}`,
        "sales-channel": market.channel,
        "product-name": title,
        sku,
        asin,
        quantity,
        currency: market.currency,
        "item-price": (cents / 100).toFixed(2),
        "ship-country": market.code,
      })),
    );
  const [line] = lines;
  const cancelled = { "order-status": "Cancelled", "item-status": "Cancelled", quantity: 0, "item-price": "" };
  const old = { ...line, ...orderCells(recent + days + 2), ...cancelled, "amazon-order-id": "110-0000000-0000000" };
  return ordersFile(`orders-${market.code}.txt`, [old, ...lines]);
}

/** Makes a data folder with 10,000 SKUs in two marketplaces: their orders and their stock. */
export async function bigShop(): Promise<string> {
  const dir = newDataDir("empty");
  const folder = join(dir, "downloads");
  mkdirSync(folder);
  for (const market of markets) {
    const own = bigSkus.filter((one) => one.market === market);
    const files = [orders(market), stock(`stock-${market.code}.txt`, own, (one) => one.stock)].map(({ name, text }) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const { status, out, err } = await purser(dir, "import", "--marketplace", market.code, ...files);
    expect(status, `${out}\n${err}`).toBe(0);
  }
  return dir;
}
