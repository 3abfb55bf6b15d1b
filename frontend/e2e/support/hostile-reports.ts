import { payloads } from "./payloads.ts";
import { ago, dayAgo, orders, type Product, type Report, stock } from "./reports.ts";

/** A product for each payload, which is its title; a number in front tells the titles apart. */
export const products: readonly Product[] = payloads.map((payload, index) => ({
  sku: `H-${String(index).padStart(2, "0")}`,
  asin: `B0HOSTIL${String(index).padStart(2, "0")}`,
  title: `T${index} ${payload}`,
  perDay: 2,
  price: "20.00",
}));

const quoted = (cells: readonly (string | number)[]) =>
  cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",");
const csv = (header: string, lines: readonly (string | number)[][]) => `${[header, ...lines.map(quoted)].join("\n")}\n`;
const tsv = (header: string, lines: readonly (string | number)[][]) =>
  `${[header.replaceAll(",", "\t"), ...lines.map((cells) => cells.join("\t"))].join("\n")}\n`;

const adDay = (days: number) =>
  ago(days).toLocaleDateString("en-US", { timeZone: "UTC", month: "short", day: "numeric", year: "numeric" });

/** Advertised search terms that cost money and sell nothing, in campaigns with hostile names. */
function searchTerms(): Report {
  const header =
    "Start Date,End Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Retailer,Country,Targeting,Match Type,Customer Search Term,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#),7 Day Conversion Rate,7 Day Advertised SKU Units (#),7 Day Other SKU Units (#),7 Day Advertised SKU Sales ,7 Day Other SKU Sales ";
  const lines = [20, 10, 4].flatMap((day) =>
    payloads.map((payload, n) => [
      ...[adDay(day), adDay(day), `P${n} ${payload}`, "USD", `C${n} ${payload}`, `G${n} ${payload}`, "Amazon"],
      ...["United States", `K${n} ${payload}`, "EXACT", `S${n} ${payload}`, 5000, 60, "1.2%", "$1.00", "$60.00"],
      ...["$0.00", "", "", 0, 0, "0%", 0, 0, "$0.00", "$0.00"],
    ]),
  );
  return { name: "<img src=x onerror=alert(31)> terms.csv", text: csv(header, lines) };
}

function listings(): Report {
  const header =
    "item-name,item-description,listing-id,seller-sku,price,quantity,open-date,image-url,item-is-marketplace,product-id-type,zshop-shipping-fee,item-note,item-condition,zshop-category1,zshop-browse-path,zshop-storefront-feature,asin1,asin2,asin3,will-ship-internationally,expedited-shipping,zshop-boldface,product-id,bid-for-featured-placement,add-delete,pending-quantity,fulfillment-channel,merchant-shipping-group,status";
  const lines = products.map((p, n) => [
    ...[
      p.title,
      payloads[n] ?? "",
      `L${n}`,
      p.sku,
      p.price,
      "",
      `${dayAgo(400)} 07:35:42 PST`,
      payloads[n] ?? "",
      "y",
      1,
    ],
    ...[
      "",
      "",
      11,
      "",
      "",
      "",
      p.asin,
      "",
      "",
      "",
      "",
      "",
      p.asin,
      "",
      "",
      0,
      "AMAZON_NA",
      payloads[n] ?? "",
      "Active",
    ],
  ]);
  return { name: "javascript:alert(32).txt", text: tsv(header, lines) };
}

function suppressed(): Report {
  const header = "Status,Reason,SKU,ASIN,Product name,Condition,Status Change Date,Issue Description";
  const lines = products.map((p, n) => [
    ...["Search Suppressed", `R${n} ${payloads[n]}`, p.sku, p.asin, p.title, "New", adDay(3), `I${n} ${payloads[n]}`],
  ]);
  return { name: "suppressed.txt", text: tsv(header, lines) };
}

function feedback(): Report {
  const lines = payloads.map((payload, n) => {
    const at = ago(2 + (n % 5));
    const day = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${String(at.getUTCFullYear()).slice(2)}`;
    return [
      day,
      1,
      `F${n} ${payload}`,
      `A${n} ${payload}`,
      `113-0000001-${String(n).padStart(7, "0")}`,
      "x@marketplace.amazon.com",
    ];
  });
  return { name: "feedback.txt", text: tsv("Date,Rating,Comments,Your Response,Order ID,Rater Email", lines) };
}

function returns(): Report {
  const header =
    "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments";
  const lines = products.map((p, n) => [
    ...[
      `${dayAgo(3)}T06:30:00+00:00`,
      `113-0000001-${String(n).padStart(7, "0")}`,
      p.sku,
      p.asin,
      "X0",
      p.title,
      1,
      "ABE2",
    ],
    ...[
      `D${n} ${payloads[n]}`,
      `Q${n} ${payloads[n]}`,
      "Unit returned to inventory",
      `LPN${n}`,
      `M${n} ${payloads[n]}`,
    ],
  ]);
  return { name: "returns <script>alert(33)<.csv", text: csv(header, lines) };
}

/** Every report that carries text from outside, and one bad row and one strange column of payloads. */
export function hostileReports(): Report[] {
  const sold = orders("orders ' onmouseover='alert(34).txt", products, 30, (line) =>
    line === 7 ? "<img src=x onerror=alert(35)>" : "1",
  );
  const strange = { ...sold, text: sold.text.replace("price-designation", "<svg onload=alert(36)>") };
  return [strange, stock("stock.txt", products, 5), searchTerms(), listings(), suppressed(), feedback(), returns()];
}
