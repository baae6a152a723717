/** `npm run seed -- courses.json`: writes the catalogue. */
import { Command } from "commander";
import { openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { seedCourses } from "../acts/catalogue.ts";
import { findStripeFaults } from "../seed/find-stripe-faults.ts";
import { readCourses } from "../seed/read-courses.ts";
import type { WrittenCourses } from "../seed/write-courses.ts";
import { chooseDeployment } from "../settings.ts";
import { connectStripe } from "../stripe-setup/connect-stripe.ts";
import { readStripeSecret } from "../stripe-setup/stripe-secret.ts";
import { signAs } from "./decide.ts";
import {
  addOperatorOptions,
  addReasonOption,
  type OperatorOptions,
  requireReason,
  runOperatorCommand,
} from "./operator-options.ts";

interface Options extends OperatorOptions {
  because?: string;
  json?: boolean;
}

const program = addReasonOption(
  addOperatorOptions(
    new Command("npm run seed --")
      .description(
        "Writes courses into the catalogue, all or none; the same file again changes nothing.\n" +
          "Refuses what Stripe would not charge. Exit code 1: nothing was written, and all that is to be corrected is named.",
      )
      .argument("<file>", "a JSON list of courses; infra/operate/README.md says what one has")
      .option("--json", "print one line of JSON with what was written"),
  ),
).addHelpText(
  "after",
  `
  STRIPE_SECRET_KEY                   with it, or with --local, courses that name a Stripe price or product are
                                      compared with it first`,
);

await runOperatorCommand(program, async (options: Options, file = "") => {
  requireReason(program, options.because);
  const { names, environment } = chooseDeployment(options);
  const { courses, faults } = await readCourses(file);
  const secretKey = options.local ? await readKey(names.stripeSecret) : environment.STRIPE_SECRET_KEY;
  const stripe = secretKey ? connectStripe(secretKey, environment.STRIPE_API_BASE) : undefined;
  const atStripe = stripe && (await findStripeFaults(courses, stripe));
  const all = [...faults, ...(atStripe?.faults ?? [])];
  if (all.length > 0)
    throw new Error(`Nothing of ${file} was written. Correct first:\n  ${all.join("\n  ")}`);
  const written = await seedCourses(courses, signAs(options), openTablePatiently(names.table));
  const compared = atStripe?.compared;
  if (options.json) printJson({ ...written, compared });
  else print(describe(written, compared));
});

/** The stack of `npm start` keeps its key where a deployed one does. */
async function readKey(secretName: string): Promise<string | undefined> {
  return (await readStripeSecret(openSecretStore(), secretName))?.STRIPE_SECRET_KEY;
}

function describe(written: WrittenCourses, compared: number | undefined): string {
  const lines = Object.entries(written)
    .filter(([, courseIds]) => courseIds.length > 0)
    .map(([what, courseIds]) => `${what}: ${courseIds.join(", ")}`);
  const prices =
    compared === undefined
      ? "Without STRIPE_SECRET_KEY, nothing was compared with Stripe's prices and products."
      : `${compared} course${compared === 1 ? " was" : "s were"} compared with Stripe's prices and products.`;
  return [...lines, prices].join("\n");
}
