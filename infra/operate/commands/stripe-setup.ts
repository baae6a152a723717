/** `npm run stripe:setup`: Stripe's webhook endpoint, and its signing secret in Secrets Manager. */
import { Command } from "commander";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { PRODUCTION } from "#infra/deployment/names.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { setUpSigned } from "../acts/stripe-setup.ts";
import { chooseDeployment } from "../settings.ts";
import { connectStripe } from "../stripe-setup/connect-stripe.ts";
import type { WebhookSetupResult } from "../stripe-setup/set-up-webhook.ts";
import { chooseKeys, type StripeKeys } from "../stripe-setup/stripe-keys.ts";
import { readStripeSecret } from "../stripe-setup/stripe-secret.ts";
import { signAs } from "./decide.ts";
import { addReasonOption, requireReason, runOperatorCommand } from "./operator-options.ts";

interface Options {
  endpoint: string;
  stage: string;
  rotate?: boolean;
  dropOld?: boolean;
  live?: boolean;
  because?: string;
  json?: boolean;
}

const program = addReasonOption(
  new Command("npm run stripe:setup --")
    .description(
      "Makes Stripe deliver exactly the events that enroll students, and stores what verifies them.",
    )
    .requiredOption("--endpoint <url>", "the webhook's address: WebhookUrl in the deployment's outputs")
    .option("--stage <stage>", "which deployment", PRODUCTION)
    .option("--rotate", "add a new signing secret; the current one stays accepted")
    .option("--drop-old", "accept the newest signing secret only, and delete superseded endpoints")
    .option("--live", "allow live keys, which take real money")
    .option("--json", "print one line of JSON with what was done")
    .addHelpText(
      "after",
      `
Environment:
  STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY   the account's keys; needed the first time, stored from then on
  STRIPE_LOOKING_KEY                          a restricted key that may only read, for who only looks; stored from then on
  STRIPE_API_BASE                             where Stripe's API is, when it is not at Stripe
  AWS_PROFILE, AWS_REGION                     the account that is deployed to

To rotate the signing secret: --rotate, wait until the dashboard shows deliveries of both endpoints, then --drop-old.`,
    ),
);

await runOperatorCommand(program, async (options: Options) => {
  requireReason(program, options.because);
  const endpointUrl = readEndpoint(options.endpoint);
  const { names, environment } = chooseDeployment(options);
  const secretName = names.stripeSecret;
  const secrets = openSecretStore();
  const stored = await readStripeSecret(secrets, secretName);
  const keys = chooseKeys(environment, stored);
  if (keys.mode === "live" && !options.live) {
    throw new Error("These are live keys. Add --live if students are to pay real money, or take test keys.");
  }
  const stripe = connectStripe(keys.secretKey, environment.STRIPE_API_BASE);
  const { rotate = false, dropOld = false } = options;
  const setup = { names, endpointUrl, keys, stored, rotate, dropOld };
  const result = await setUpSigned([stripe, secrets, setup], signAs(options));
  if (options.json) printJson({ ...result, mode: keys.mode, secretName });
  else print(describe(result, keys, secretName));
});

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "https:" || isOnThisMachine(text))) return url.href;
  throw new Error(
    "--endpoint must be an https address, e.g. https://courses.example.com/api/webhooks/stripe.",
  );
}

function describe(result: WebhookSetupResult, { mode }: StripeKeys, secretName: string): string {
  const { endpointId, endpoint, deletedEndpointIds, acceptedSigningSecrets } = result;
  const lines = [
    `The webhook endpoint ${endpointId} was ${endpoint} in ${mode} mode.`,
    ...deletedEndpointIds.map((id) => `The superseded endpoint ${id} was deleted.`),
    `${secretName} holds the keys and ${acceptedSigningSecrets} signing secret${acceptedSigningSecrets === 1 ? "" : "s"}.`,
    ...(acceptedSigningSecrets > 1 ? ["All of them are accepted until you run this with --drop-old."] : []),
  ];
  return lines.join("\n");
}
