import { expect, test } from "vitest";
import { sources } from "./imports-of.ts";
import { readTracked } from "./tracked-files.ts";

/** What changes something for an operator, by the names under which it is called. */
const ACTS =
  /\b(startAgain|redriveDeadLetters|decide|erase|repairDrift|rehearse|writeCourses|setUpWebhook)\(|\.(redriveExecution|stopExecution|setFaults|turnKnobs|resend)\(/g;

const callsIn = (file: string) =>
  [...readTracked(file).matchAll(ACTS)].map(([call]) => `${file} calls ${call.slice(0, -1)}`);

const operators = sources.filter((file) => /^infra\/(operate|aws|one-machine)\//.test(file));

test("whatever an operator does goes through infra/operate/acts, where it is signed", () => {
  const [acts, others] = [
    operators.filter((file) => file.startsWith("infra/operate/acts/")),
    operators.filter((file) => !/^infra\/operate\/(acts|seed|stripe-setup)\//.test(file)),
  ];
  expect(acts.flatMap(callsIn).length).toBeGreaterThan(8);
  expect(others.flatMap(callsIn)).toEqual([]);
});

test("every file of the acts takes what signs them", () => {
  const unsigned = operators.filter(
    (file) => file.startsWith("infra/operate/acts/") && !readTracked(file).includes("Signed"),
  );
  expect(unsigned).toEqual([]);
});
