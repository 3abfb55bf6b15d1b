import type { Connection, Overview, Stream } from "../api/types";
import { secretAge } from "./rotation";

/** An API in a region, as far as it has to be seen at once. */
export type GlanceRow = {
  key: string;
  title: string;
  region: string;
  /** Of the part of the page that is about it; "" where it is not connected. */
  part: string;
  state: Connection["state"] | "none";
  practice: boolean;
  places: { code: string; suspended: boolean }[];
  granted: number;
  asked: number;
  missing: string[];
  secret: Connection["rotation"];
  age: ReturnType<typeof secretAge>;
  /** When something last came through it: an instant, "" where nothing has yet, null where that is not known. */
  last: string | null;
};

/** Each API in each region in which something is connected; the API that is not connected there is a row too. */
export function atAGlance(
  { apis, regions, connections }: Overview,
  streams: readonly Stream[] | undefined,
): GlanceRow[] {
  return regions
    .filter(({ region }) => connections.some((one) => one.region === region))
    .flatMap(({ region, title: where }) =>
      apis.map(({ api, title }) => {
        const found = connections.find((one) => one.api === api && one.region === region);
        return found ? connectedRow(found, streams) : emptyRow(api, title, region, where);
      }),
    );
}

const noSecret = { applies: false, created: "", ends: "", days_left: null, due: false, text: "", source: "", date: "" };

function emptyRow(api: string, title: string, region: string, where: string): GlanceRow {
  return {
    key: `${api} ${region}`,
    title,
    region: where,
    part: "",
    state: "none",
    practice: false,
    places: [],
    granted: 0,
    asked: 0,
    missing: [],
    secret: noSecret,
    age: "none",
    last: null,
  };
}

function connectedRow(one: Connection, streams: readonly Stream[] | undefined): GlanceRow {
  const mine = streams?.filter((s) => s.api === one.api && s.region === one.region);
  return {
    key: `${one.api} ${one.region}`,
    title: one.title,
    region: one.region_title,
    part: `connect-${one.api}-${one.region}`,
    state: one.state,
    practice: one.endpoint.base !== "",
    places: one.places.filter(({ wanted }) => wanted).map(({ code, suspended }) => ({ code, suspended })),
    granted: one.capabilities.filter(({ state }) => state === "granted").length,
    asked: one.capabilities.length,
    missing: one.capabilities.filter(({ state }) => state === "denied").map(({ title }) => title),
    secret: one.rotation,
    age: secretAge(one.rotation),
    last: mine
      ? (mine
          .map((s) => s.last_success)
          .sort()
          .at(-1) ?? "")
      : null,
  };
}

/** "12 days left", "ended", "no end known". */
export function secretText({ age, secret }: Pick<GlanceRow, "age" | "secret">): string {
  if (age === "none") return "no end known";
  if (age === "unknown" || secret.days_left === null) return "age unknown";
  if (age === "ended") return "ended";
  if (secret.days_left === 0) return "ends today";
  return secret.days_left === 1 ? "1 day left" : `${secret.days_left} days left`;
}
