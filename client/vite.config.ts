/** Builds the client into `dist/client`. One build runs everywhere: what differs is in `/config.json`. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2022",
    // A data: address would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
  },
});
