/** Marketplaces by region. Source: Amazon SP-API documentation, marketplace identifiers, as of 2026-11. */
const marketplaces: Record<string, string> = {
  na: "United States, Canada, Mexico, Brazil",
  eu: "Germany, United Kingdom, France, Italy, Spain, Netherlands, Belgium, Ireland, Poland, Sweden, Turkey, United Arab Emirates, Saudi Arabia, Egypt, India, South Africa",
  fe: "Japan, Australia, Singapore",
};

export function marketplacesOf(region: string): string {
  return marketplaces[region] ?? "";
}

const sellerCentral: Record<string, string> = {
  na: "https://sellercentral.amazon.com",
  eu: "https://sellercentral-europe.amazon.com",
  fe: "https://sellercentral.amazon.co.jp",
};

/** The page of Seller Central on which applications are made and authorised. */
export function developerConsole(region: string): string {
  return `${sellerCentral[region] ?? sellerCentral.na}/sellingpartner/developerconsole`;
}

export const adsApplication = "https://advertising.amazon.com/about-api";
