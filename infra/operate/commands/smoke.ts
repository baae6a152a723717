/** `npm run smoke -- --url <url>`: whether a deployment does what it should. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { keptClient } from "#infra/deployment/build-client.ts";
import { readEnvironment } from "../settings.ts";
import { type CheckResult, runChecks } from "../smoke/check.ts";
import { findStripe } from "../smoke/find-stripe.ts";
import { pageChecks } from "../smoke/page-checks.ts";
import { purchaseChecks } from "../smoke/purchase-checks.ts";
import { openSite, type Site } from "../smoke/site.ts";
import { visitorChecks } from "../smoke/visitor-checks.ts";

interface Options {
  url: string;
  purchase?: boolean;
  page?: boolean;
  token?: string;
  course?: string;
  json?: boolean;
}

const program = new Command("npm run smoke --")
  .description("Checks a running deployment from outside. Exit code 0: all is well.")
  .requiredOption("--url <url>", "where the client is: ClientUrl in the deployment's outputs")
  .option("--purchase", "go through a purchase too, as the student of --token")
  .option("--token <token>", "a student's access token")
  .option("--course <courseId>", "what to buy, instead of the first paid course that the student lacks")
  .option("--page", "compare the payment page, its headers and scripts with what these sources build")
  .option("--json", "print one line of JSON with every check")
  .addHelpText(
    "after",
    `
Environment, for --purchase (the local stack needs none of it; only there is the purchase paid for to its end):
  STRIPE_SECRET_KEY   the deployment's test key; live keys are refused
  STRIPE_API_BASE     a stand-in of Stripe's that the site does not name by itself`,
  );

await runCommand(program, async (options: Options) => {
  if (!URL.canParse(options.url))
    throw new Error("--url must be an address, e.g. https://courses.example.com.");
  const site = openSite(options.url);
  const checks = [...visitorChecks(site), ...(options.purchase ? await purchase(site, options) : [])];
  const report = (result: CheckResult) => {
    if (!options.json) print(describe(result));
  };
  const results = await runChecks(checks, report);
  if (options.page) results.push(...(await comparePage(site, report)));
  if (options.json) printJson({ url: options.url, checks: results });
  const failed = results.filter(({ passed }) => !passed).length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} checks failed.`);
});

async function comparePage(site: Site, report: (result: CheckResult) => void): Promise<CheckResult[]> {
  return runChecks(pageChecks(site, await keptClient()), report);
}

async function purchase(site: Site, { token, course }: Options) {
  if (!token) throw new Error("--purchase needs --token with a student's access token.");
  const found = await findStripe(site, readEnvironment());
  return purchaseChecks({ site, token, courseId: course, ...found });
}

function describe({ name, passed, detail }: CheckResult): string {
  return `${passed ? "ok    " : "FAILED"}  ${name}: ${detail}`;
}
