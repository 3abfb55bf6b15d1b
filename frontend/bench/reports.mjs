// Writes the report files of a large made-up seller: 10,000 SKUs in one marketplace, their orders of 28 days and
// of the 28 before, with which they are compared, their stock at Amazon and their listings.
// Input: the folder to write into. Output: its files; the same ones on the same day.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const skus = 10_000;
const days = 56;
const linesPerDay = 2000;

const folder = process.argv[2];
if (!folder) {
  process.stderr.write("Name the folder to write the reports into.\n");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

/** Numbers that look random and are the same each time. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const kinds = ["Reading lamp", "Gooseneck kettle", "Bath towel", "Steel flask", "Storage basket"];
const colours = ["white", "black", "sand", "sage", "navy", "rust"];
const catalogue = Array.from({ length: skus }, (_, n) => ({
  sku: `BULK-${String(n).padStart(5, "0")}`,
  asin: `B0BULK${String(n).padStart(5, "0")}`,
  title: `${kinds[n % kinds.length]} ${n}, ${colours[n % colours.length]}, with two lids`,
  price: (7 + ((n * 37) % 90) + 0.9).toFixed(2),
}));

const instant = (day, hour) => {
  const at = new Date(Date.now() - day * 86_400_000);
  at.setUTCHours(hour, 0, 0, 0);
  return at.toISOString().replace(".000Z", "+00:00");
};

/** Tab-separated lines under the columns that are named. */
function write(name, columns, rows) {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? "").join("\t"));
  writeFileSync(join(folder, name), `${[columns.join("\t"), ...lines].join("\n")}\n`);
}

function orders() {
  const columns = [
    ..."amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel".split(","),
    ..."sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity".split(","),
    ..."currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax".split(","),
    ..."item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country".split(","),
    ..."promotion-ids,is-business-order,purchase-order-number,price-designation".split(","),
  ];
  const roll = dice(1);
  const rows = [];
  for (let day = days; day >= 1; day--) {
    for (let n = 0; n < linesPerDay; n++) {
      // Some SKUs sell much, most little.
      const { sku, asin, title, price } = catalogue[Math.min(roll(skus), roll(skus))];
      const quantity = 1 + roll(3);
      rows.push({
        "amazon-order-id": `113-${String(day).padStart(7, "0")}-${String(n).padStart(7, "0")}`,
        "purchase-date": instant(day, 10),
        "last-updated-date": instant(day, 22),
        "order-status": "Shipped",
        "fulfillment-channel": "Amazon",
        "sales-channel": "Amazon.com",
        "ship-service-level": "Expedited",
        "product-name": title,
        sku,
        asin,
        "item-status": "Shipped",
        quantity,
        currency: "USD",
        "item-price": (quantity * Number(price)).toFixed(2),
        "item-tax": "0.00",
        "ship-city": "Seattle",
        "ship-country": "US",
        "is-business-order": "false",
      });
    }
  }
  write("orders.txt", columns, rows);
}

function stock() {
  const counts =
    "afn-warehouse-quantity,afn-fulfillable-quantity,afn-unsellable-quantity,afn-reserved-quantity,afn-total-quantity";
  const inbound =
    "afn-inbound-working-quantity,afn-inbound-shipped-quantity,afn-inbound-receiving-quantity,afn-researching-quantity";
  const columns = [
    ..."sku,fnsku,asin,product-name,condition,your-price,mfn-listing-exists,mfn-fulfillable-quantity".split(","),
    ...["afn-listing-exists", ...counts.split(","), "per-unit-volume", ...inbound.split(",")],
  ];
  const roll = dice(2);
  const rows = catalogue.map(({ sku, asin, title, price }, n) => {
    const units = roll(60);
    return {
      ...Object.fromEntries(columns.filter((column) => column.startsWith("afn-")).map((column) => [column, 0])),
      sku,
      fnsku: `X00${String(n).padStart(7, "0")}`,
      asin,
      "product-name": title,
      condition: "New",
      "your-price": price,
      "mfn-listing-exists": "No",
      "afn-listing-exists": "Yes",
      "afn-warehouse-quantity": units,
      "afn-fulfillable-quantity": units,
      "afn-total-quantity": units,
      "per-unit-volume": "0.1",
    };
  });
  write("stock.txt", columns, rows);
}

function listings() {
  const columns = [
    ..."item-name,item-description,listing-id,seller-sku,price,quantity,open-date,image-url".split(","),
    ..."item-is-marketplace,product-id-type,zshop-shipping-fee,item-note,item-condition,zshop-category1".split(","),
    ..."zshop-browse-path,zshop-storefront-feature,asin1,asin2,asin3,will-ship-internationally".split(","),
    ..."expedited-shipping,zshop-boldface,product-id,bid-for-featured-placement,add-delete".split(","),
    ..."pending-quantity,fulfillment-channel,merchant-shipping-group,status".split(","),
  ];
  const rows = catalogue.map(({ sku, asin, title, price }, n) => ({
    "item-name": title,
    "listing-id": `L${n}`,
    "seller-sku": sku,
    price,
    "open-date": `${instant(400, 7).slice(0, 10)} 07:35:42 PST`,
    "item-is-marketplace": "y",
    "product-id-type": 1,
    "item-condition": 11,
    asin1: asin,
    "product-id": asin,
    "pending-quantity": 0,
    "fulfillment-channel": "AMAZON_NA",
    status: n % 50 === 0 ? "Inactive" : "Active",
  }));
  write("listings.txt", columns, rows);
}

orders();
stock();
listings();
