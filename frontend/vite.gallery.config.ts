import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery of components, for those who build them. It is not part of the program. */
export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: { alias: { "@": here("./src") } },
  server: { open: "/gallery.html" },
  build: {
    target: "safari16.4",
    outDir: here("../build/tmp/gallery"),
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 950,
    rolldownOptions: { input: here("./gallery.html") },
  },
});
