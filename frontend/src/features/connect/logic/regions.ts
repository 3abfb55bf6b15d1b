/** Marketplaces by region. Source: Amazon SP-API documentation, marketplace identifiers, as of 2026-11. */
const marketplaces: Record<string, string> = {
  na: "United States, Canada, Mexico, Brazil",
  eu: "Germany, United Kingdom, France, Italy, Spain, Netherlands, Belgium, Ireland, Poland, Sweden, Turkey, United Arab Emirates, Saudi Arabia, Egypt, India, South Africa",
  fe: "Japan, Australia, Singapore",
};

export function marketplacesOf(region: string): string {
  return marketplaces[region] ?? "";
}

/* Where the menu path leads. Sources: the path, Amazon's SP-API documentation, "Register your Application"; the address,
 * guides of others that name it; the about page of the Ads API, the same, as of 2026-09. The path stands beside it. */
const sellerCentral: Record<string, string> = {
  na: "https://sellercentral.amazon.com",
  eu: "https://sellercentral-europe.amazon.com",
  fe: "https://sellercentral.amazon.co.jp",
};

/** The page of Seller Central on which applications are made and authorised. */
export function developerConsole(region: string): string {
  return `${sellerCentral[region] ?? sellerCentral.na}/sellingpartner/developerconsole`;
}

/** The same in words, for when Amazon has moved the page. */
export const developPath = "Seller Central → Apps and Services → Develop Apps";

export const adsApplication = "https://advertising.amazon.com/about-api";
