/** What a person needs to know of a stack that has just started. */
import path from "node:path";
import Table from "cli-table3";
import { CREDENTIALS_FILE } from "#infra/one-machine/access-key.ts";
import { canTellUsers } from "#infra/one-machine/peer-owner.ts";
import { SEEDED_STUDENTS } from "./seeded-students.ts";
import type { LocalSettings } from "./settings.ts";
import type { LocalStack } from "./stack.ts";
import { CARDS, IBANS, inGroups } from "./stripe/checkout/test-numbers.ts";

const TEST_CARDS = [
  [inGroups(CARDS.good), "pays"],
  [inGroups(CARDS.declined), "is declined"],
  [inGroups(CARDS.authenticated), "asks for 3-D Secure, then pays"],
  [`IBAN ${inGroups(IBANS.paying)}`, "SEPA: pays after a while"],
  [`IBAN ${inGroups(IBANS.failing)}`, "SEPA: fails after a while"],
];

/** Where the operating system does not say whose a connection is, as on macOS. */
const OPEN_TO_OTHERS = `
Other users of this machine reach all of this too, but for what asks for AWS's key: this system does not tell them from you.
`;

export function describeRunningStack(stack: LocalStack, { stripe, dataDir }: LocalSettings): string {
  const addresses = plainTable([
    ["Courses", stack.clientUrl],
    ["AWS endpoint", stack.awsUrl],
    ["AWS access key", stack.accessKey.accessKeyId],
    ["AWS secret key", stack.accessKey.secretAccessKey],
    ["Stripe", stack.stripeUrl ?? "Stripe itself, in test mode"],
    ["Sign-in", stack.issuerUrl],
    ...(stack.consoleUrl ? [["Executions console", stack.consoleUrl]] : []),
    ["Data", dataDir],
    ["For AWS's own tools", `export AWS_SHARED_CREDENTIALS_FILE=${path.join(dataDir, CREDENTIALS_FILE)}`],
  ]);
  const students = plainTable(SEEDED_STUDENTS.map(({ name, email }) => [name, email]));
  const resumed = stack.resumedExecutions
    ? `\n${stack.resumedExecutions} execution(s) went on from where the last run had left them.\n`
    : "";
  const listen = stripe.standIn
    ? ""
    : `\nForward Stripe's events in another terminal:\n  ${stripeListenCommand(stack.clientUrl)}\n`;
  return `
${addresses}

Students to sign in as
${students}

Test cards (any future date, any CVC)
${plainTable(TEST_CARDS)}
${resumed}${listen}${canTellUsers ? "" : OPEN_TO_OTHERS}
Open ${stack.clientUrl} and buy a course. Ctrl-C stops.`;
}

function stripeListenCommand(clientUrl: string): string {
  const events = ["completed", "async_payment_succeeded", "async_payment_failed", "expired"]
    .map((change) => `checkout.session.${change}`)
    .join(",");
  return `stripe listen --latest --events ${events} --forward-to ${clientUrl}/api/webhooks/stripe`;
}

function plainTable(rows: string[][]): string {
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
  };
  const noMore = {
    "bottom-right": "",
    left: "  ",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  };
  const table = new Table({
    chars: { ...none, ...noMore },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows);
  return table.toString();
}
