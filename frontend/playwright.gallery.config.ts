import { defineConfig } from "@playwright/test";
import whole from "./playwright.config.ts";

/** Only the gallery of components, which needs no program. */
export default defineConfig({
  ...whole,
  globalSetup: undefined,
  projects: [{ name: "gallery" }],
  testMatch: "gallery.spec.ts",
});
