import { expect, test } from "vitest";
import { dataSearch, importSearch } from "./search";

const none = { kind: "", doc: 0, stream: "", ask: 0, keep: "" };

test("an address with nonsense in it still opens the page", () => {
  expect(dataSearch({ tab: "evil", kind: 7, doc: "x", stream: 3, ask: -1 })).toEqual({ tab: "reports", ...none });
  expect(dataSearch({ tab: "files", doc: 12 })).toEqual({ tab: "files", ...none, doc: 12 });
  expect(dataSearch({ tab: "jobs", ask: 4 })).toEqual({ tab: "jobs", ...none, ask: 4 });
  expect(importSearch({ paths: "/a" })).toEqual({ paths: [], job: "" });
  expect(importSearch({ paths: ["/a", 3, "", "/a", "/b"], job: "j1" })).toEqual({ paths: ["/a", "/b"], job: "j1" });
});

test("an address from before the tabs had their name leads where it led", () => {
  expect(dataSearch({ view: "files" }).tab).toBe("files");
});
