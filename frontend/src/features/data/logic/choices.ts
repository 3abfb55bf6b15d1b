/** A choice of a select box. */
export interface Choice {
  value: string;
  label: string;
}

const markets: Record<string, string> = {
  US: "United States",
  CA: "Canada",
  MX: "Mexico",
  BR: "Brazil",
  UK: "United Kingdom",
  DE: "Germany",
  FR: "France",
  IT: "Italy",
  ES: "Spain",
  NL: "Netherlands",
  SE: "Sweden",
  PL: "Poland",
  BE: "Belgium",
  IE: "Ireland",
  TR: "Türkiye",
  AE: "United Arab Emirates",
  SA: "Saudi Arabia",
  EG: "Egypt",
  IN: "India",
  JP: "Japan",
  AU: "Australia",
  SG: "Singapore",
  ZA: "South Africa",
};

/** Marketplaces to choose from, the seller's own first. */
export function marketplaceChoices(own: string[]): Choice[] {
  const codes = [...new Set([...own, ...Object.keys(markets)])];
  return codes.map((value) => ({ value, label: markets[value] ? `${markets[value]} (${value})` : value }));
}

/** Encodings that Amazon's report files come in. */
export function encodings(): Choice[] {
  return [
    { value: "utf-8", label: "UTF-8" },
    { value: "windows-1252", label: "Western (Windows-1252)" },
    { value: "shift_jis", label: "Japanese (Shift JIS)" },
    { value: "gbk", label: "Chinese (GBK)" },
    { value: "utf-16", label: "UTF-16" },
  ];
}

/** How an ambiguous date such as 03/04/2026 is read. */
export function dateOrders(): Choice[] {
  return [
    { value: "mdy", label: "Month, day, year" },
    { value: "dmy", label: "Day, month, year" },
    { value: "ymd", label: "Year, month, day" },
  ];
}
