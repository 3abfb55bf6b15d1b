/** Where a practice Amazon is asked: its address for an API and a region, and where access is asked for. */
export type Endpoint = { base: string; token: string };

export const amazons: Endpoint = { base: "", token: "" };

const paths: Record<string, string> = { spapi: "spapi", adsapi: "ads" };

/** Both addresses from the one that is entered; null where it is not on this computer. */
export function practiceEndpoint(address: string, api: string, region: string): Endpoint | null {
  const text = address.trim();
  if (text === "") return amazons;
  const url = parse(/^https?:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !onThisComputer(url.hostname) || url.username !== "" || url.search !== "" || url.hash !== "") return null;
  const path = url.pathname.replace(/\/+$/, "");
  return {
    base: `${url.origin}${path === "" ? `/${paths[api] ?? api}/${region}` : path}`,
    token: `${url.origin}/auth/o2/token`,
  };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const onThisComputer = (host: string) => host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

/** "127.0.0.1:8765", for a person to know it by. */
export function hostOf(base: string): string {
  return parse(base)?.host ?? base;
}
