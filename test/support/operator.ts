/** An operator of a running stack: what they find out, the commands they give, and the sweep that runs beside them. */
import { beforeAll } from "vitest";
import { composeReconcile } from "#handlers/composition.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { DEPLOYMENT_NAME, STATE_MACHINE_ARN, STRIPE_SECRET_ID, TABLE_NAME } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import type { Purchase } from "#infra/operate/dossier/dossier.ts";
import { findDossier } from "#infra/operate/dossier/find-dossier.ts";
import { openSources } from "#infra/operate/dossier/sources.ts";
import { sweepWholly } from "#test/support/sweep-ports.ts";
import { type Reconciliation, reconcile } from "#workflow/reconcile/find-drift.ts";
import { credentialsOf, endpointsOf, runNpmCommand, type Script } from "./run-npm-command.ts";
import type { RunningStack } from "./running-stack.ts";

const HOUR_MS = 60 * 60 * 1000;

export type Operator = ReturnType<typeof createOperator>;

/** @param stack filled before the file's own beforeAll, as the operator then is */
export function useOperator(stack: RunningStack): Operator {
  const operator = {} as Operator;
  beforeAll(() => {
    Object.assign(operator, createOperator(stack));
  });
  return operator;
}

function createOperator(stack: Pick<RunningStack, "awsUrl" | "stripeUrl" | "accessKey">) {
  const { awsUrl, stripeUrl } = stack;
  // By the environment, as a deployed function is told.
  Object.assign(process.env, { AWS_ENDPOINT_URL: awsUrl, ...credentialsOf(stack.accessKey) });
  const ports = {
    ...composeReconcile({
      EDUCATION_TABLE_NAME: TABLE_NAME,
      STATE_MACHINE_ARN,
      STRIPE_SECRET_ID,
      DEPLOYMENT_NAME,
      STRIPE_API_BASE: stripeUrl,
    }),
    pause: async () => {},
  };

  return {
    /** @throws Error when the checkout session is not known, or is not one purchase */
    async findPurchase(checkoutSessionId: string): Promise<Purchase> {
      const aws = awsClientConfig(awsOf(stack));
      const sources = await openSources(nameParts(PRODUCTION), stripeUrl, aws);
      const [purchase, ...others] = (await findDossier(checkoutSessionId, sources))?.purchases ?? [];
      if (!purchase || others.length > 0) throw new Error(`${checkoutSessionId} is not one purchase`);
      return purchase;
    },

    /** The scheduled reconciliation, as it runs in so many hours; by itself it runs an hour after the stack was started. */
    sweep: (hoursFromNow: number) =>
      sweepWholly({ ...ports, now: () => new Date(Date.now() + hoursFromNow * HOUR_MS) }),

    /** All that differs, however young. */
    reconcile: (): Promise<Reconciliation> =>
      reconcile({ since: new Date(Date.now() - HOUR_MS), until: new Date() }, ports),

    /** @param command as advice has it: `npm run ops -- withdraw cs_test_1 --because "refunded" --yes` */
    run(command: string) {
      const [, script, words = ""] = /^npm run ([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
      if (!script) throw new Error(`${command} is not a command`);
      const parts = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
      return runNpmCommand(script as Script, parts, endpointsOf(stack));
    },
  };
}
