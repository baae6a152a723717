/** What happens on a game day beside the purchases: forgeries, sweeps, and what students and operators cannot do then. */
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mapSteps } from "#infra/deployment/steps.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { STRIPE_SECRET_ID } from "../names.ts";
import type { OwnStack } from "../own-stack.ts";
import { STAND_IN_STRIPE } from "../settings.ts";
import { awsOf } from "../stack-options.ts";
import type { Drill } from "./game-day.ts";
import type { Tools } from "./tools.ts";

const ALL_STEPS = Object.values(mapSteps(({ handler }) => handler));
/** Enough at once for their tries to be noticed. */
const BUYERS = 20;

const CSP_REPORT = {
  "csp-report": {
    "document-uri": "https://example.com/checkout",
    "effective-directive": "script-src-elem",
    "violated-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/skim.js",
    "source-file": "",
  },
};

export function createDrills(tools: Tools): Drill[] {
  const { operator, mend } = tools;
  const nothingToMend = async () => {};

  async function buyUnderThrottle(): Promise<void> {
    const buyers = Array.from({ length: BUYERS }, (_, index) => tools.newStudent(`throttled-${index}`));
    const students = await Promise.all(buyers);
    await tools.throttleFunctions(...ALL_STEPS);
    await Promise.all(students.map((student) => tools.buy(student)));
  }

  return [
    {
      name: "steps-throttled",
      breaks: "Lambda turns the steps away while many students pay",
      alarms: ["StepThrottles"],
      breakIt: buyUnderThrottle,
      mendIt: mend,
    },
    {
      name: "forgeries",
      breaks: "Somebody sends the webhook what Stripe has not signed",
      alarms: ["SignatureFailures"],
      breakIt: () => tools.callOften(25, "/api/webhooks/stripe", forgedRequest()),
      mendIt: nothingToMend,
    },
    {
      name: "api-throttled",
      breaks: "Lambda turns the students' API away",
      alarms: ["ApiFailures"],
      async breakIt() {
        await tools.throttleFunctions("api");
        await tools.callOften(5, "/api/courses");
      },
      mendIt: mend,
    },
    {
      name: "one-caller-loops",
      breaks: "One caller asks for places as fast as it can",
      alarms: ["TooManyRequests"],
      breakIt: () => tools.callOften(150, "/api/enrollments", { method: "POST" }),
      mendIt: nothingToMend,
    },
    {
      name: "sign-in-fails",
      breaks: "The function that completes access tokens dies",
      alarms: ["SignInFailures"],
      async breakIt() {
        await tools.breakFunctions("preToken");
        await tools.newStudent("locked-out").catch(() => undefined);
      },
      mendIt: async () => {
        await mend();
        await tools.newStudent("locked-out");
      },
    },
    {
      name: "sign-up-fails",
      breaks: "Cognito does not say who has an address, and somebody new wants to sign up",
      alarms: ["SignUpFailures"],
      async breakIt() {
        await tools.refuse("AWSCognitoIdentityProviderService.ListUsers");
        await tools.newStudent("turned-away").catch(() => undefined);
      },
      mendIt: async () => {
        await mend();
        await tools.newStudent("turned-away");
      },
    },
    {
      name: "secret-copy-fails",
      breaks: "The function that keeps the webhook's own secret dies whenever the keys are written",
      alarms: ["SigningSecretCopyFailures"],
      async breakIt() {
        await tools.breakFunctions("copySigningSecret");
        for (let tries = 0; tries < 3; tries += 1) await writeKeys(tools.stack);
      },
      mendIt: mend,
    },
    {
      name: "foreign-script",
      breaks: "A page loads a script that its policy forbids",
      alarms: ["PolicyViolations"],
      breakIt: () =>
        tools.callOften(6, "/api/csp-reports", {
          method: "POST",
          headers: { "content-type": "application/csp-report" },
          body: JSON.stringify(CSP_REPORT),
        }),
      mendIt: nothingToMend,
    },
    {
      name: "sweep-fails",
      breaks: "The hourly reconciliation dies at every try, for two hours",
      alarms: ["ReconciliationFailed", "ReconciliationMissing"],
      breakIt: () => tools.breakFunctions("reconcile"),
      mendIt: async () => {
        await mend();
        await operator.sweepLater();
      },
    },
  ];
}

/** It looks like Stripe's, but for its signature. */
const forgedRequest = () => ({
  method: "POST",
  headers: {
    "content-type": "application/json",
    "stripe-signature": `t=${Math.floor(Date.now() / 1000)},v1=00`,
  },
  body: JSON.stringify({ id: "evt_forged", object: "event", type: "checkout.session.completed" }),
});

/** The same that are there, as `npm run stripe:setup` would. */
async function writeKeys(stack: OwnStack): Promise<void> {
  const { secretKey, publishableKey, webhookSecret } = STAND_IN_STRIPE;
  const SecretString = JSON.stringify({
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  });
  const client = new SecretsManagerClient(awsClientConfig(awsOf(stack)));
  await client.send(new PutSecretValueCommand({ SecretId: STRIPE_SECRET_ID, SecretString }));
  client.destroy();
}
