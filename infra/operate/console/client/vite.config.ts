/** Builds the console's page into `dist/console`. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../../../../dist/console",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
  },
});
