import { call } from "@/lib/call";

export function openLink(url: string): Promise<unknown> {
  return call("app.API.OpenLink", { url });
}
