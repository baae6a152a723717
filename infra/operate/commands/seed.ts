/** `npm run seed -- courses.json`: writes the catalogue. */
import { Command } from "commander";
import { openTable } from "#handlers/adapters/dynamodb/table.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { checkPrices } from "../seed/check-prices.ts";
import { readCourses } from "../seed/read-courses.ts";
import { type WrittenCourses, writeCourses } from "../seed/write-courses.ts";
import { connectStripe } from "../stripe-setup/connect-stripe.ts";

const program = new Command("npm run seed --")
  .description("Writes courses into the catalogue, all or none; the same file again changes nothing.")
  .argument("<file>", "a JSON list of courses; the fields are those of workflow/model.ts")
  .option("--stage <stage>", "which deployment", PRODUCTION)
  .option("--json", "print one line of JSON with what was written")
  .addHelpText(
    "after",
    `
Environment:
  STRIPE_SECRET_KEY         with it, courses that name a Stripe price are compared with that price first
  STRIPE_API_BASE           where Stripe's API is, when it is not at Stripe
  AWS_PROFILE, AWS_REGION   the account that is deployed to`,
  );

await runCommand(program, async (options: { stage: string; json?: boolean }, file = "") => {
  const courses = await readCourses(file);
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = process.env;
  const comparedPrices = STRIPE_SECRET_KEY
    ? await checkPrices(courses, connectStripe(STRIPE_SECRET_KEY, STRIPE_API_BASE))
    : undefined;
  const written = await writeCourses(courses, openTable(nameParts(options.stage).table));
  process.stdout.write(
    options.json ? `${JSON.stringify({ ...written, comparedPrices })}\n` : describe(written, comparedPrices),
  );
});

function describe(written: WrittenCourses, comparedPrices: number | undefined): string {
  const lines = Object.entries(written)
    .filter(([, courseIds]) => courseIds.length > 0)
    .map(([what, courseIds]) => `${what}: ${courseIds.join(", ")}`);
  const prices =
    comparedPrices === undefined
      ? "Without STRIPE_SECRET_KEY, no price was compared with Stripe's."
      : `${comparedPrices} price${comparedPrices === 1 ? " was" : "s were"} compared with Stripe's.`;
  return `${[...lines, prices].join("\n")}\n`;
}
