import { expect, test } from "vitest";
import { importsOf } from "./imports-of.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const files = trackedFiles.filter((file) => /^infra\/(operate|command-line)\/.*\.tsx?$/.test(file));

const offences = (room: string, forbidden: RegExp) =>
  files
    .filter((file) => file.startsWith(room))
    .flatMap((file) =>
      importsOf(file)
        .filter((imported) => forbidden.test(imported))
        .map((imported) => `${file} imports ${imported}`),
    );

test.each([
  ["records/", "acts|dossier|alarms|console|commands"],
  ["dossier/", "acts|alarms|console|commands"],
  ["alarms/", "acts|dossier|console|commands"],
  ["acts/", "alarms|console|commands"],
  ["console/", "commands"],
])("infra/operate/%s imports nothing of %s", (room, others) => {
  expect(files.filter((file) => file.startsWith(`infra/operate/${room}`)).length).toBeGreaterThan(3);
  expect(offences(`infra/operate/${room}`, new RegExp(`^infra/operate/(${others})/`))).toEqual([]);
});

test("what commands share knows of nothing that a command does", () => {
  expect(offences("infra/command-line/", /^(infra\/(?!command-line)|handlers|workflow|client|test)/)).toEqual(
    [],
  );
});

test("operators speak to AWS by the handlers' adapters, and by Stripe's SDK only about Stripe's account", () => {
  expect(offences("infra/operate/", /^@aws-sdk\//)).toEqual([]);
  const account = /^infra\/operate\/(stripe-setup|seed|smoke)\//;
  expect(offences("infra/operate/", /^stripe$/).filter((offence) => !account.test(offence))).toEqual([]);
});

test("commands print by what cleans their output", () => {
  const commands = trackedFiles.filter((file) => /^(infra|test)\/.*\/commands\/.*\.ts$/.test(file));
  expect(commands.length).toBeGreaterThan(15);
  expect(
    commands.filter((file) => /process\.std(out|err)\.write|console\.log/.test(readTracked(file))),
  ).toEqual([]);
});
