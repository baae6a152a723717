/** Builds the client. One build runs everywhere: what differs is in `/config.json`. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react(), tailwindcss()],
  build: {
    target: "es2022",
    // A data: address would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    // Browsers without it load a little later; the digests do not depend on it.
    modulePreload: { polyfill: false },
    // What every page needs is one file: it compresses better, and is one request.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "index", tags: ["$initial"] }] } } },
  },
});
