import type { Plugin } from "vite";

/**
 * While `vite dev` runs without the Go program, window.go is filled by dev/mock-bridge.ts.
 * It applies to the development server only, so nothing of it can reach a build.
 */
export function mockBridge(): Plugin {
  return {
    name: "purser-mock-bridge",
    apply: (_config, env) => env.command === "serve" && !process.env.VITEST && !process.env.PURSER_BRIDGE,
    transformIndexHtml: (html) => ({
      html: html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*\/>/, ""),
      tags: [{ tag: "script", attrs: { type: "module", src: "/dev/mock-bridge.ts" }, injectTo: "head-prepend" }],
    }),
  };
}
