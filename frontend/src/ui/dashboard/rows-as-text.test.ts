import { expect, it } from "vitest";
import { mockTable } from "@/lib/dashboards/testdata/table";
import { rowsAsText } from "./rows-as-text";

it("copies what a spreadsheet takes: a heading, tabs, no lines drawn, no formulas", () => {
  const view = {
    scope: { marketplaces: [], tag: "", group: "", currency: "" },
    range: { preset: "", from: "", to: "", compare: "" },
  };
  const { columns, rows } = mockTable({
    page: "sales",
    table: "skus",
    view,
    preset: "",
    columns: ["sales.units", "sales.sales~spark", "sales.margin"],
    sort: "",
    desc: false,
    filters: [],
    query: "",
    group: "",
    collapsed: [],
    subject: "US/SKU-300",
    offset: 0,
    limit: 1,
  });
  const odd = rows.map((row) => ({ ...row, detail: "=1+1\tUS" }));
  expect(rowsAsText(odd, columns)).toBe("Name\tDetail\tUnits\tMargin\nSKU-300\t'=1+1 US\t403\t4.0 %");
});
