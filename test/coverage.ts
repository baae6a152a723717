/** How much of the code the tests must run: `npm run test:coverage`, and CI. */
import type { CoverageOptions } from "vitest/node";

/** Lines are counted in the tests' own processes only, so stacks that tests share run there while this is on. */
export const isCounting = process.env["BURSAR_COVERAGE"] === "on";

/** Per cent of lines. What money depends on has none that no test runs. */
const LEAST: Record<string, number> = {
  "workflow/**": 95,
  "handlers/**": 85,
  "client/**": 75,
  "handlers/webhook.ts": 100,
  "handlers/steps.ts": 100,
  "handlers/adapters/stripe/signature.ts": 100,
  "workflow/enroll/*": 100,
  "workflow/steps/{validate-session,write-enrollment,link-customer}.ts": 100,
};

export const coverage: CoverageOptions = {
  enabled: isCounting,
  provider: "v8",
  include: ["workflow/**/*.ts", "handlers/**/*.ts", "client/**/*.{ts,tsx}"],
  exclude: ["client/vite.config.ts"],
  reporter: ["text-summary", "html", "json-summary"],
  reportsDirectory: ".artifacts/coverage",
  thresholds: Object.fromEntries(Object.entries(LEAST).map(([files, lines]) => [files, { lines }])),
};
