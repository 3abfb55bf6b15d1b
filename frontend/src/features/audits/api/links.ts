import { call } from "@/lib/call";

/** Opens a page of Amazon in the person's own browser; the program checks the address. */
export function openLink(url: string): Promise<unknown> {
  return call("app.API.OpenLink", { url });
}
