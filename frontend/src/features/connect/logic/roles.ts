/** A role of Amazon's that the seller ticks, and what Purser does with it. Source: role mapping of the SP-API
 * documentation, as of 2026-11; of several roles for one thing, any one is enough. */
export type Role = { name: string; why: string };

export const roles: readonly Role[] = [
  { name: "Selling Partner Insights", why: "Your marketplaces, your plan and the health of the account." },
  { name: "Inventory and Order Tracking", why: "Orders and stock: sales, days of cover, when to reorder." },
  { name: "Amazon Fulfillment", why: "Stock in Amazon's warehouses, returns, stranded and aged units." },
  { name: "Product Listing", why: "Your offers and what is wrong with them; price changes once you approve them." },
  { name: "Pricing", why: "Your prices and the featured offer." },
  { name: "Finance and Accounting", why: "Fees, settlements and reimbursements, without which there is no profit." },
  { name: "Brand Analytics", why: "Sessions and conversion. Brand owners only; leave it out if you are none." },
  { name: "Buyer Solicitation", why: "Asking for a review through Amazon's own message, once you approve it." },
  { name: "Buyer Communication", why: "Which orders may be asked about. Purser writes no messages of its own." },
];
