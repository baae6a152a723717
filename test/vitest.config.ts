import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { coverage } from "./coverage.ts";
import { handlerEnvironment } from "./support/handler-environment.ts";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    coverage,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          env: handlerEnvironment,
          include: ["test/**/*.test.ts"],
          exclude: ["test/client/**", "test/end-to-end/**"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        plugins: [react(), tailwindcss()],
        test: {
          name: "client",
          include: ["test/client/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
        },
      },
    ],
  },
});
