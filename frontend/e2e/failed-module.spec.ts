import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { modules } from "./support/pages.ts";
import { newDataDir, purser } from "./support/server.ts";
import { breakReviews } from "./support/trouble.ts";

test("a module that cannot start fails alone, says why, and starts again once it is mended", async ({
  page,
  open,
  watch,
}) => {
  const dir = newDataDir("demo");
  breakReviews(dir);

  await test.step("doctor names it, and only it", async () => {
    const { status, out } = await purser(dir, "doctor", "--demo");
    expect(status).toBe(1);
    expect(out).toMatch(/✗ module reviews .*newer Purser/);
    expect(out.match(/✗/g)).toHaveLength(1);
  });

  await open("demo", dir);
  await test.step("Today goes on without it and says what has stopped", async () => {
    await expect(page.locator("ul[data-decisions] > li").first()).toBeVisible();
    await expect(page.getByRole("contentinfo")).toContainText("Reviews and returns has stopped");
    await page.getByRole("link", { name: /has stopped/ }).click();
  });

  const alert = page.getByRole("alert");
  await test.step("its page says what failed, why, and what to do", async () => {
    await expect(page.getByRole("heading", { level: 1, name: modules.reviews })).toBeVisible();
    await expect(alert).toContainText("No figures of reviews and returns can be shown");
    await expect(alert).toContainText("newer Purser");
    await expect(alert.getByRole("button", { name: "Retry" })).toBeVisible();
  });

  await test.step("the other modules work", async () => {
    for (const [name, heading] of Object.entries(modules)) {
      if (name === "reviews") continue;
      await goTo(page, `/m/${name}`, heading);
      await expect(page.locator("main table tbody tr").first()).toBeVisible();
      await expect(page.getByRole("alert")).toHaveCount(0);
    }
  });

  await test.step("a policy that reads its facts says that it can't tell", async () => {
    const { policies } = await bound<{ policies: { name: string; cant_tell: number }[] }>(page, "rules.API.Policies");
    expect(policies.filter((policy) => policy.cant_tell > 0).length).toBeGreaterThan(0);
  });

  await test.step("Retry that fails again says so", async () => {
    await goTo(page, "/m/reviews", modules.reviews);
    watch.expected.push(/modulehost\.API\.Retry.*failed again/);
    const refused = page.waitForResponse(/__call\/modulehost\.API\.Retry/);
    await alert.getByRole("button", { name: "Retry" }).click();
    expect((await refused).status()).toBe(422);
    await expect(alert).toContainText("failed again");
  });

  await test.step("Retry after it was mended starts it", async () => {
    execFileSync("sqlite3", [
      "-cmd",
      ".timeout 10000",
      join(dir, "demo", "market.db"),
      "DELETE FROM schema_version_reviews WHERE version_id = 999",
    ]);
    await alert.getByRole("button", { name: "Retry" }).click();
    await expect(page.locator("main table tbody tr").first()).toBeVisible();
    await settled(page);
    await expect(page.getByRole("contentinfo")).toContainText("All 6 modules running");
  });
});
