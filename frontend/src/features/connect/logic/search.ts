/** The view state in the address: what is connected, a new connection, or one that is connected anew. */
export type ConnectSearch = { do: "" | "add" | "reconnect"; api: string; region: string };

export function connectSearch(raw: Record<string, unknown>): ConnectSearch {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const what = raw.do === "add" || raw.do === "reconnect" ? raw.do : "";
  return { do: what, api: text(raw.api), region: text(raw.region) };
}
