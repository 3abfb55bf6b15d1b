/** The three texts that Amazon gives for an application, known by how they begin. */
export type Pasted = { clientId: string; clientSecret: string; refreshToken: string };

const beginnings: Record<keyof Pasted, RegExp> = {
  clientId: /amzn1\.application-oa2-client\.[A-Za-z0-9]+/,
  clientSecret: /amzn1\.oa2-cs\.[A-Za-z0-9._-]+/,
  refreshToken: /Atzr\|[A-Za-z0-9_\-+/=|]+/,
};

/** What of the three is in a text, however it is laid out: lines, labels, JSON. Null where fewer than two are. */
export function recognise(text: string): Pasted | null {
  const find = (pattern: RegExp) => pattern.exec(text)?.[0] ?? "";
  const found: Pasted = {
    clientId: find(beginnings.clientId),
    clientSecret: find(beginnings.clientSecret),
    refreshToken: find(beginnings.refreshToken),
  };
  return Object.values(found).filter((part) => part !== "").length < 2 ? bare(text) : found;
}

/** Three lines without Amazon's beginnings, as a practice Amazon or an old application has them. */
function bare(text: string): Pasted | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const [clientId, clientSecret, refreshToken, more] = lines;
  if (!clientId || !clientSecret || !refreshToken || more !== undefined) return null;
  return lines.some((line) => /\s/.test(line)) ? null : { clientId, clientSecret, refreshToken };
}

/** "client ID, client secret and refresh token" */
export function named(found: Pasted): string {
  const names = [
    found.clientId !== "" ? "client ID" : "",
    found.clientSecret !== "" ? "client secret" : "",
    found.refreshToken !== "" ? "refresh token" : "",
  ].filter((name) => name !== "");
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** One of the three that was pasted into the field of another; null where the field is right or it is none of them. */
export function recogniseOne(text: string, field: "client_id" | "client_secret" | "refresh_token"): Pasted | null {
  const fields = { clientId: "client_id", clientSecret: "client_secret", refreshToken: "refresh_token" } as const;
  const trimmed = text.trim();
  for (const part of Object.keys(fields) as (keyof Pasted)[]) {
    if (beginnings[part].exec(trimmed)?.[0] !== trimmed || fields[part] === field) continue;
    return { clientId: "", clientSecret: "", refreshToken: "", [part]: trimmed };
  }
  return null;
}
