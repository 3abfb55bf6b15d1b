const regions: Record<string, string> = { na: "North America", eu: "Europe", fe: "Far East" };

const apis: Record<string, string> = { spapi: "Seller Central", adsapi: "Amazon Ads" };

const groups: Record<string, string> = {
  reports: "Reports",
  traffic: "Sales and traffic",
  orders: "Orders",
  inventory: "FBA stock",
  settlements: "Settlements",
  finances: "Transactions",
  listings: "Listings",
  ads_reports: "Ads reports",
  ads_lists: "Ads lists",
};

const told = (names: Record<string, string>) => (name: string) => names[name] ?? name.replaceAll("_", " ");

/** "North America" */
export const regionName = told(regions);

/** Which door of Amazon: "Amazon Ads". */
export const apiName = told(apis);

/** What a group of operations is for: "Ads reports". */
export const groupName = told(groups);

/** The marketplace, or the region of what is fetched for all of it. */
export function placeName({ region, marketplace }: { region: string; marketplace: string }): string {
  return marketplace === "" ? regionName(region) : marketplace;
}
