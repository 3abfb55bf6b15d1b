import { expect, it } from "vitest";
import { inOrder } from "./in-order";

it("lets one begin when the one before it has ended, also badly", async () => {
  const seen: string[] = [];
  const act = (name: string, ms: number, fails = false) =>
    inOrder(async () => {
      seen.push(`${name} begins`);
      await new Promise((wait) => setTimeout(wait, ms));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const slow = act("slow", 20);
  const bad = act("bad", 5, true);
  const quick = act("quick", 0);
  await expect(bad).rejects.toThrow("bad");
  expect(await Promise.all([slow, quick])).toEqual(["slow", "quick"]);
  expect(seen).toEqual(["slow begins", "slow ends", "bad begins", "bad ends", "quick begins", "quick ends"]);
});
