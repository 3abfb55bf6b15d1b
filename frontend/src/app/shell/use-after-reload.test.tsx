import { waitFor } from "@test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { useAnnounce } from "@/lib/announce";
import { openPage } from "@/lib/testdata/open-page";
import { useAfterReload } from "./use-after-reload";

function Window() {
  useAfterReload(useAnnounce());
  return null;
}

afterEach(() => {
  window.go = undefined;
  vi.restoreAllMocks();
});

it("tells what waited before the reload once, and says what became of it", async () => {
  const act = (method: string, ids: string[]) => ({
    method: `decisions.API.${method}`,
    input: { ids },
    at: Date.now(),
  });
  const waiting = [act("Snooze", ["A"]), act("Reject", ["B"]), { method: "decisions.API.Undo", at: Date.now() }];
  sessionStorage.setItem("purser.waiting", JSON.stringify(waiting));
  vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ type: "reload" } as PerformanceNavigationTiming]);
  const told: unknown[] = [];
  window.go = {
    decisions: {
      API: {
        Snooze: async (input) => {
          told.push(input);
          return { already: false };
        },
        Reject: async () => {
          throw { code: "conflict", message: "It is approved.", hint: "Undo that first." };
        },
        LastUndoable: async () => ({ possible: true, title: "", ids: ["X"] }),
      },
    },
  };
  const page = await openPage({ address: "/", pages: { "/": Window } });
  await waitFor(() =>
    expect(page.said).toEqual([
      "Done after the reload: 1 act that still waited. Not done, since the window was left before: 1 act. Look again. Not done. It is approved. Undo that first.",
    ]),
  );
  expect(told).toEqual([{ ids: ["A"] }]);
});
