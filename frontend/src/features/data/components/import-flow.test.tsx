import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor } from "@test-utils";
import { afterEach, expect, test, vi } from "vitest";
import type { Job, JobFile } from "@/lib/types";
import { importSearch } from "../logic/search";
import { ImportPage } from "../pages/import-page";
import { importFile } from "../testdata/import-files";

afterEach(() => {
  window.go = undefined;
});

const ended = (id: string, files: JobFile[]): Job => ({
  id,
  kind: "preview",
  state: "done",
  stage: "",
  done: 0,
  total: 0,
  rate_text: "",
  eta_text: "",
  message: "",
  files,
});

/** ingest.API over one good and one refused file. */
function bind() {
  const good = importFile({ path: "/a.txt", file: "a.txt", rows: 1204, stored: 1200, duplicates: 4 });
  const refused = importFile({ path: "/b.txt", file: "b.txt", refused: true });
  const API = {
    Preview: vi.fn(async (_input?: unknown) => ({ job_id: "p1" })),
    Import: vi.fn(async (_input?: unknown) => ({ job_id: "i1" })),
    Job: vi.fn(async (input?: unknown) =>
      (input as { id: string }).id === "p1" ? ended("p1", [good, refused]) : ended("i1", [{ ...good, stored: 1200 }]),
    ),
  };
  window.go = { ingest: { API } };
  return API;
}

function open(address: string) {
  const root = createRootRoute();
  const route = createRoute({
    getParentRoute: () => root,
    path: "/data/import",
    component: ImportPage,
    validateSearch: importSearch,
  });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(<RouterProvider router={router as never} />);
  return router;
}

test("looks at the files, imports those that can be, and says what came of them", async () => {
  const api = bind();
  const router = open(`/data/import?paths=${encodeURIComponent(JSON.stringify(["/a.txt", "/b.txt"]))}`);
  const button = await screen.findByRole("button", { name: /Import 1 file, 1,200 rows/ });
  expect(api.Preview).toHaveBeenCalledExactlyOnceWith({ paths: ["/a.txt", "/b.txt"], options: [] });
  expect(api.Import).not.toHaveBeenCalled();

  await waitFor(() => expect(button).toBeEnabled());
  fireEvent.click(button);
  expect(await screen.findByText("1,200 new, 4 already there")).toBeInTheDocument();
  expect(api.Import).toHaveBeenCalledExactlyOnceWith({ paths: ["/a.txt"], options: [] });
  expect(screen.getByText("1,200 new rows from 1 file.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "See what needs you" })).toBeInTheDocument();
  expect(router.state.location.search).toMatchObject({ job: "i1" });
});

test("a preview that fails says the effect and can be tried again", async () => {
  const api = bind();
  api.Preview.mockRejectedValueOnce({
    code: "unavailable",
    module: "ingest",
    message: "The import is not open yet.",
    hint: "",
  });
  open(`/data/import?paths=${encodeURIComponent(JSON.stringify(["/a.txt"]))}`);
  expect(await screen.findByText("The files could not be looked at.")).toBeInTheDocument();
  expect(screen.getByText("The import is not open yet.")).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: /Import 1 file/ })).toBeInTheDocument();
});
