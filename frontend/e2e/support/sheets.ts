import { inflateRawSync } from "node:zlib";

/** The cells of a CSV file, its mark of UTF-8 taken off. */
export function csvRows(bytes: Buffer): string[][] {
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const rows: string[][] = [[]];
  // A cell in quotes or a bare one, then what ends it.
  for (const [, quoted, bare = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || (row[0] ?? "") !== "");
}

/** The cells of the first sheet of an Excel file: numbers as numbers, nothing where a cell is empty. */
export function xlsxRows(bytes: Buffer): (string | number | undefined)[][] {
  const sheet = fileOf(bytes, "xl/worksheets/sheet1.xml");
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, cells = ""]) => {
    const row: (string | number | undefined)[] = [];
    for (const [, attributes = "", inner = ""] of cells.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      row[place(/r="([A-Z]+)\d+"/.exec(attributes)?.[1] ?? "")] = contentOf(attributes, inner);
    }
    return row;
  });
}

/** "A" is 0, "AA" is 26. */
function place(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function contentOf(attributes: string, inner: string): string | number | undefined {
  const text = /<t[^>]*>(.*?)<\/t>/s.exec(inner)?.[1];
  if (attributes.includes('t="inlineStr"')) return plain(text ?? "");
  const value = /<v>(.*?)<\/v>/.exec(inner)?.[1];
  return value === undefined ? undefined : Number(value);
}

const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#34": '"', "#39": "'" };

function plain(text: string): string {
  return text.replace(/&([a-z]+|#\d+);/g, (all, name: string) => signs[name] ?? all);
}

/** A file of a zip, found in the list at its end. */
function fileOf(zip: Buffer, name: string): string {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, method, local] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 42)];
    const named = zip.readUInt16LE(at + 28);
    if (zip.toString("utf8", at + 46, at + 46 + named) === name) {
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const data = zip.subarray(from, from + packed);
      return (method === 0 ? data : inflateRawSync(data)).toString("utf8");
    }
    at += 46 + named + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`The file holds no ${name}.`);
}
