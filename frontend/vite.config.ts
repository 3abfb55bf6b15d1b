import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockBridge } from "./dev/vite-mock-bridge.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [react(), mockBridge()],
  resolve: { alias: { "@": here("./src"), "@test-utils": here("./test/test-utils.tsx") } },
  build: {
    target: "safari16.4",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    chunkSizeWarningLimit: 950,
  },
  test: {
    // What is logic alone needs no document: making one takes longer than most of its tests.
    projects: [
      { extends: true, test: { name: "logic", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: { name: "window", environment: "jsdom", include: ["src/**/*.test.tsx"], setupFiles: ["./test/setup.ts"] },
      },
    ],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    testTimeout: 60_000,
    // Without it one core stays idle.
    maxWorkers: availableParallelism(),
    env: { TZ: "UTC" },
  },
});
