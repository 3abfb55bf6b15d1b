import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Subjects } from "../../api/guardrails";
import { TouchList } from "./touch-list";

afterEach(() => {
  window.go = undefined;
});

let chosen: readonly string[];

async function open(subjects: Subjects, stored: string[]) {
  chosen = stored;
  window.go = { actions: { API: { Subjects: async () => subjects } } };
  function Field() {
    const [only, setOnly] = useState<readonly string[]>(stored);
    chosen = only;
    return <TouchList policy="big" noun="SKU" stored={stored} chosen={only} onChange={setOnly} />;
  }
  await openPage({ address: "/settings", pages: { "/settings": Field } });
  return within(await screen.findByRole("group", { name: "What it may touch by itself" }));
}

it("ten thousand are found by typing, ticked one by one, all at once, and looked over", async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    id: `DE/SKU-${String(n).padStart(5, "0")}`,
    label: n === 9_876 ? "Donaudampfschifffahrtsgesellschaftskapitänsmütze" : "",
  }));
  const list = await open({ proposed: many.slice(0, 2), known: many.slice(2) }, ["DE/GONE", "DE/SKU-00001"]);
  const status = list.getByRole("status");
  expect(list.getByText(/A new SKU is never added by itself/)).toBeVisible();
  expect(list.getByRole("checkbox", { name: /^DE\/GONE ?· not there any more$/ })).toBeChecked();
  expect(status).toHaveTextContent("2 SKUs ticked. 50 of 10,001 are shown; type to find others.");
  await userEvent.type(list.getByRole("textbox", { name: "Find by name" }), "mütze{Enter}");
  await userEvent.click(await list.findByRole("checkbox", { name: /DE\/SKU-09876/ }));
  await waitFor(() => expect(status).toHaveTextContent("3 SKUs ticked."));
  expect(list.getAllByRole("checkbox")).toHaveLength(2);
  await userEvent.clear(list.getByRole("textbox", { name: "Find by name" }));
  await userEvent.click(list.getByRole("checkbox", { name: "Only what is ticked" }));
  await waitFor(() => expect(list.getAllByRole("checkbox")).toHaveLength(4));
  await userEvent.click(list.getByRole("checkbox", { name: /DE\/GONE/ }));
  expect(list.getByRole("checkbox", { name: /DE\/GONE/ })).not.toBeChecked();
  expect(chosen).toEqual(["DE/SKU-00001", "DE/SKU-09876"]);
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
  await userEvent.click(list.getByRole("button", { name: "Add 10,000 SKUs there are now" }));
  expect(status).toHaveTextContent("10,000 SKUs ticked");
  await userEvent.click(list.getByRole("button", { name: "Take all off" }));
  expect(chosen).toEqual([]);
});
