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

/** All orders of the last days; quantity stands in each line, so that a test can make one bad. */
export function orders(
  name: string,
  products: readonly Product[],
  days: number,
  quantity = (_line: number) => "1",
): Report {
  const lines: string[] = [];
  for (let day = days; day >= 1; day--) {
    for (const product of products) {
      for (let n = 0; n < product.perDay; n++) {
        const line = lines.length;
        const cells: Record<string, string> = {
          "amazon-order-id": `113-0000001-${String(line).padStart(7, "0")}`,
          "purchase-date": instant(ago(day)),
          "last-updated-date": instant(ago(day, 22)),
          "order-status": "Shipped",
          "fulfillment-channel": "Amazon",
          "sales-channel": "Amazon.com",
          "ship-service-level": "Expedited",
          "product-name": product.title,
          sku: product.sku,
          asin: product.asin,
          "item-status": "Shipped",
          quantity: quantity(line),
          currency: "USD",
          "item-price": product.price,
          "item-tax": "0.00",
          "ship-city": "Seattle",
          "ship-country": "US",
          "is-business-order": "false",
        };
        lines.push(ordersHeader.map((column) => cells[column] ?? "").join("\t"));
      }
    }
  }
  return { name, text: `${[ordersHeader.join("\t"), ...lines].join("\n")}\n` };
}

const stockHeader = [
  ..."sku,fnsku,asin,product-name,condition,your-price,mfn-listing-exists,mfn-fulfillable-quantity".split(","),
  ..."afn-listing-exists,afn-warehouse-quantity,afn-fulfillable-quantity,afn-unsellable-quantity".split(","),
  ..."afn-reserved-quantity,afn-total-quantity,per-unit-volume,afn-inbound-working-quantity".split(","),
  ..."afn-inbound-shipped-quantity,afn-inbound-receiving-quantity,afn-researching-quantity".split(","),
];

/** Today's stock at Amazon: the same number of units of each product. */
export function stock(name: string, products: readonly Product[], units: number): Report {
  const lines = products.map((product, index) => {
    const cells: Record<string, string | number> = {
      sku: product.sku,
      fnsku: `X00${String(index).padStart(7, "0")}`,
      asin: product.asin,
      "product-name": product.title,
      condition: "New",
      "your-price": product.price,
      "mfn-listing-exists": "No",
      "afn-listing-exists": "Yes",
      "afn-warehouse-quantity": units,
      "afn-fulfillable-quantity": units,
      "afn-total-quantity": units,
      "per-unit-volume": "0.1",
    };
    return stockHeader.map((column) => cells[column] ?? (column.startsWith("afn") ? "0" : "")).join("\t");
  });
  return { name, text: `${[stockHeader.join("\t"), ...lines].join("\n")}\n` };
}
