import { expect, test } from "vitest";
import {
  apiSettings,
  copySigningSecretSettings,
  overflowQueueSettings,
  reconcileSettings,
  stepSettings,
  webhookSettings,
} from "#handlers/config.ts";
import { DEPLOYMENT_KEYS, readDeployment } from "#infra/aws/deployment-context.ts";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { createHappenings } from "#infra/local/game-day/happenings.ts";
import type { Tools } from "#infra/local/game-day/tools.ts";
import { PROMISES } from "#test/resilience/check/check-stores.ts";
import { codeIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { readTracked } from "./tracked-files.ts";

test("the handlers' README says what each function reads", () => {
  const schemas = [
    webhookSettings,
    copySigningSecretSettings,
    overflowQueueSettings,
    stepSettings,
    apiSettings,
    reconcileSettings,
  ];
  const rows = tableRowsIn(sectionOf(readTracked("handlers/README.md"), "Configuration"));
  const documented = Object.fromEntries(
    rows.map(([variable = "", ...cells]) => [
      codeIn(variable)[0],
      cells.slice(0, schemas.length).map((cell) => cell === "x"),
    ]),
  );
  const variables = new Set(schemas.flatMap((schema) => Object.keys(schema.shape)));
  const read = [...variables].map((variable) => [
    variable,
    schemas.map((schema) => variable in schema.shape),
  ]);
  expect(documented).toEqual(Object.fromEntries(read));
});

test("the README of the AWS deployment says what one can be told, with its defaults", () => {
  const rows = tableRowsIn(sectionOf(readTracked("infra/aws/README.md"), "What a deployment can be told"));
  const documented = rows.flatMap(([keys = "", byDefault = ""]) =>
    codeIn(keys).map((key) => [key, codeIn(byDefault)[0]] as const),
  );
  const defaults = readDeployment([]) as Record<string, unknown>;
  const known = DEPLOYMENT_KEYS.map(([key]) => [key, defaults[key]] as const);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(known));
});

/** The members of a union of names, as its source writes them. */
const namesIn = (file: string, type: string) => {
  const [, union = ""] = new RegExp(`type ${type} =([^;]+);`).exec(readTracked(file)) ?? [];
  return [...union.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
};

test.each([
  ["metric", "Logs and metrics", "handlers/telemetry.ts", "BusinessMetric"],
  [
    "kind of drift",
    "Compare what was paid with what was delivered",
    "workflow/reconcile/drift.ts",
    "DriftKind",
  ],
])("operators can read what each %s means", (_what, section, file, type) => {
  const rows = tableRowsIn(sectionOf(readTracked("infra/operate/README.md"), section));
  const documented = rows.flatMap(([name = ""]) => codeIn(name)).filter((name) => !name.startsWith("<"));
  expect(documented.length).toBeGreaterThan(0);
  expect(documented.sort()).toEqual(namesIn(file, type).sort());
});

test("the drills' table has every scenario of a game day", () => {
  const rows = tableRowsIn(sectionOf(readTracked("infra/operate/README.md"), "Drills"));
  const happenings = createHappenings({} as Tools);
  expect(rows.map(([broke]) => broke)).toEqual(happenings.map(({ breaks }) => breaks));
});

test("the promises are those that are checked", () => {
  const section = sectionOf(readTracked("test/README.md"), "What we promise and how it is tested");
  const numbered = tableRowsIn(section).filter(([number = ""]) => /^\d+$/.test(number));
  expect(Object.fromEntries(numbered.map(([number, promise]) => [number, promise]))).toEqual(PROMISES);
});

test("the README has every exit code that commands end with", () => {
  const rows = tableRowsIn(sectionOf(readTracked("README.md"), "Commands"));
  const codes = rows.map(([code = ""]) => code).filter((code) => /^\d+$/.test(code));
  expect(codes.map(Number)).toEqual(Object.values(EXIT_CODES));
});
