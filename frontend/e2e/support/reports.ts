/** A report file as a seller downloads it. */
export type Report = { name: string; text: string };

const ordersHeader = [
  ..."amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel".split(","),
  ..."sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,currency".split(
    ",",
  ),
  ..."item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount".split(","),
  ..."ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids".split(","),
  ..."is-business-order,purchase-order-number,price-designation".split(","),
];

/** A product of the made-up seller. */
export type Product = { sku: string; asin: string; title: string; perDay: number; price: string };

/** The instant so many days ago, at an hour of the day. */
export function ago(days: number, hour = 17): Date {
  const at = new Date(Date.now() - days * 86_400_000);
  at.setUTCHours(hour, 0, 0, 0);
  return at;
}

/** YYYY-MM-DD of so many days ago. */
export function dayAgo(days: number): string {
  return ago(days).toISOString().slice(0, 10);
}

const instant = (at: Date) => at.toISOString().replace(".000Z", "+00:00");

type Cells = Record<string, string | number>;

/** What all lines of an order report have in common, bought and changed on the day so many days ago. */
export function orderCells(day: number): Cells {
  return {
    "purchase-date": instant(ago(day)),
    "last-updated-date": instant(ago(day, 22)),
    "order-status": "Shipped",
    "fulfillment-channel": "Amazon",
    "ship-service-level": "Expedited",
    "item-status": "Shipped",
    "item-tax": "0.00",
    "is-business-order": "false",
  };
}

/** A report of all orders with these lines. */
export function ordersFile(name: string, lines: readonly Cells[]): Report {
  return tabbed(name, ordersHeader, lines, () => "");
}

function tabbed(name: string, header: string[], lines: readonly Cells[], rest: (column: string) => string): Report {
  const rows = lines.map((cells) => header.map((column) => cells[column] ?? rest(column)).join("\t"));
  return { name, text: `${[header.join("\t"), ...rows].join("\n")}\n` };
}

/** All orders of the last days; quantity stands in each line, so that a test can make one bad. */
export function orders(
  name: string,
  products: readonly Product[],
  days: number,
  quantity = (_line: number) => "1",
): Report {
  const lines: Cells[] = [];
  for (let day = days; day >= 1; day--) {
    for (const product of products) {
      for (let n = 0; n < product.perDay; n++) {
        const line = lines.length;
        lines.push({
          ...orderCells(day),
          "amazon-order-id": `113-0000001-${String(line).padStart(7, "0")}`,
          "sales-channel": "Amazon.com",
          "product-name": product.title,
          sku: product.sku,
          asin: product.asin,
          quantity: quantity(line),
          currency: "USD",
          "item-price": product.price,
          "ship-city": "Seattle",
          "ship-country": "US",
        });
      }
    }
  }
  return ordersFile(name, lines);
}

const stockHeader = [
  ..."sku,fnsku,asin,product-name,condition,your-price,mfn-listing-exists,mfn-fulfillable-quantity".split(","),
  ..."afn-listing-exists,afn-warehouse-quantity,afn-fulfillable-quantity,afn-unsellable-quantity".split(","),
  ..."afn-reserved-quantity,afn-total-quantity,per-unit-volume,afn-inbound-working-quantity".split(","),
  ..."afn-inbound-shipped-quantity,afn-inbound-receiving-quantity,afn-researching-quantity".split(","),
];

type Stocked = Pick<Product, "sku" | "asin" | "title" | "price">;

/** Today's stock at Amazon: the same number of units of each product, or what is told of each. */
export function stock<Item extends Stocked>(
  name: string,
  products: readonly Item[],
  units: number | ((product: Item) => number),
): Report {
  const lines = products.map((product, index): Cells => {
    const here = typeof units === "number" ? units : units(product);
    return {
      sku: product.sku,
      fnsku: `X00${String(index).padStart(7, "0")}`,
      asin: product.asin,
      "product-name": product.title,
      condition: "New",
      "your-price": product.price,
      "mfn-listing-exists": "No",
      "afn-listing-exists": "Yes",
      "afn-warehouse-quantity": here,
      "afn-fulfillable-quantity": here,
      "afn-total-quantity": here,
      "per-unit-volume": "0.1",
    };
  });
  return tabbed(name, stockHeader, lines, (column) => (column.startsWith("afn") ? "0" : ""));
}
