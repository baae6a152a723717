import { expect, test } from "vitest";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { codeIn, sectionOf, tableRowsIn } from "#test/house/markdown.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { startFixture } from "./stripe-fixture.ts";

const rows = tableRowsIn(
  sectionOf(readTracked("infra/local/README.md"), "Rehearsing what goes wrong at Stripe"),
).map(([first = ""]) => codeIn(first));

test("the README of the one-machine deployment has every knob", () => {
  const documented = rows.flat().filter((code) => !code.includes("/"));

  expect(documented.toSorted()).toEqual(Object.keys(NEUTRAL_KNOBS).toSorted());
});

test("what the README says can be rehearsed is there", async () => {
  const { standIn } = await startFixture();
  const requests = rows.flat().filter((code) => code.includes("/"));
  const answers = await Promise.all(
    requests.map(async (request) => {
      const [method = "", path = ""] = request.split(" ");
      const response = await fetch(standIn.url + path.replace(":id", "none"), { method });
      return [request, await response.text()] as const;
    }),
  );

  expect(requests.length).toBeGreaterThan(7);
  for (const [request, answer] of answers) expect(answer, request).not.toContain("Nothing is at");
});
