/** Files that Purser wrote for the person: where they are, and pictures among them. */
import { call } from "../call";

/** These methods are not among the generated ones yet, so their names and shapes are given here. */
const ask = call as unknown as <Answer>(method: string, input?: unknown) => Promise<Answer>;

/** Shows the folder of exports in the file manager of the system. */
export function openExports(): Promise<{ path: string }> {
  return ask("app.API.OpenExports");
}

/** Keeps a chart as a picture in the folder of exports; `data` is a PNG as a data address. */
export function savePicture(name: string, data: string): Promise<{ name: string; path: string }> {
  return ask("app.API.SavePicture", { name, data });
}

/** Keeps rules as a text file in the folder of exports. */
export function saveText(name: string, text: string): Promise<{ name: string; path: string }> {
  return ask("app.API.SaveText", { name, text });
}

/** Where a browser fetches a file of the folder of exports. */
export function exportAddress(name: string): string {
  return `/__export/${encodeURIComponent(name)}`;
}
