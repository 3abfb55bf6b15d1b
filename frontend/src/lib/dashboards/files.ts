/** Files that Purser wrote for the person: where they are, and pictures among them. */
import { call } from "../call";

/** Shows the folder of exports in the file manager of the system. */
export function openExports(): Promise<{ path: string }> {
  return call<{ path: string }>("app.API.OpenExports");
}

/** Keeps a chart as a picture in the folder of exports; `data` is a PNG as a data address. */
export function savePicture(name: string, data: string): Promise<{ name: string; path: string }> {
  return call<{ name: string; path: string }>("app.API.SavePicture", { name, data });
}

/** Keeps rules as a text file in the folder of exports. */
export function saveText(name: string, text: string): Promise<{ name: string; path: string }> {
  return call<{ name: string; path: string }>("app.API.SaveText", { name, text });
}

/** Keeps a table as CSV in the folder of exports; every row is as long as the head. */
export function saveSheet(
  name: string,
  { head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] },
): Promise<{ name: string; path: string }> {
  return call<{ name: string; path: string }>("app.API.SaveSheet", { name, head, rows });
}

/** Where a browser fetches a file of the folder of exports. */
export function exportAddress(name: string): string {
  return `/__export/${encodeURIComponent(name)}`;
}
