import { render, screen } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { TwoPress } from "./two-press";

let done = 0;

beforeEach(() => {
  done = 0;
  render(
    <>
      <TwoPress label="Revert" again="Press again to revert" onConfirm={() => done++} />
      <button type="button">Elsewhere</button>
    </>,
  );
});

test("it acts on the second press, and asks anew after that", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Revert" }));
  expect(done).toBe(0);
  await userEvent.click(screen.getByRole("button", { name: "Press again to revert" }));
  expect(done).toBe(1);
  expect(screen.getByRole("button", { name: "Revert" })).toBeInTheDocument();
});

test("the keyboard does the same, and Esc takes the first press back", async () => {
  screen.getByRole("button", { name: "Revert" }).focus();
  await userEvent.keyboard("{Enter}{Escape}{Enter}");
  expect(done).toBe(0);
  await userEvent.keyboard("{Enter}");
  expect(done).toBe(1);
});

test("leaving it takes the first press back", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Revert" }));
  await userEvent.click(screen.getByRole("button", { name: "Elsewhere" }));
  await userEvent.click(screen.getByRole("button", { name: "Revert" }));
  expect(done).toBe(0);
});
