import { expect, test } from "vitest";
import { dataSearch, importSearch } from "./search";

test("an address with nonsense in it still opens the page", () => {
  expect(dataSearch({ view: "evil", kind: 7, doc: "x" })).toEqual({ view: "reports", kind: "", doc: 0 });
  expect(dataSearch({ view: "files", doc: 12 })).toEqual({ view: "files", kind: "", doc: 12 });
  expect(importSearch({ paths: "/a" })).toEqual({ paths: [], job: "" });
  expect(importSearch({ paths: ["/a", 3, "", "/a", "/b"], job: "j1" })).toEqual({ paths: ["/a", "/b"], job: "j1" });
});
