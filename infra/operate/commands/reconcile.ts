/** `npm run reconcile`: what was paid against what was delivered, and the repair of what differs. */
import { Command, Option } from "commander";
import { createPacedClient } from "#handlers/adapters/step-functions/pace.ts";
import { findLiveArn, findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { composeReconcile } from "#handlers/composition.ts";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { LedgerAway } from "#workflow/ledger/keep-ledger.ts";
import type { Period } from "#workflow/period.ts";
import { type Drift, keyOf } from "#workflow/reconcile/drift.ts";
import { type Reconciliation, reconcile } from "#workflow/reconcile/find-drift.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import { repairSigned } from "../acts/executions.ts";
import type { Signed } from "../acts/open-ledger.ts";
import { chooseSecretForLooking } from "../choose-stripe-secret.ts";
import { chooseDeployment } from "../settings.ts";
import { signAs } from "./decide.ts";
import { describeDrift, type RepairedDrift } from "./describe-drift.ts";
import {
  addOperatorOptions,
  addReasonOption,
  type OperatorOptions,
  readAge,
  requireReason,
  runOperatorCommand,
} from "./operator-options.ts";

interface Options extends OperatorOptions {
  since: Date;
  repair?: boolean;
  because?: string;
  json?: boolean;
}

const program = explainExitCodes(
  addReasonOption(
    addOperatorOptions(
      new Command("npm run reconcile --")
        .description("Compares Stripe's events and paid sessions with executions and enrollments.")
        .addOption(
          new Option("--since <age>", "how far to look back: 90s, 30m, 24h, 7d (Stripe keeps events for 30d)")
            .argParser(readAge)
            .default(readAge("24h"), "24h"),
        )
        .option("--repair", "start what is missing, redrive what failed, expire what must not be paid")
        .option("--json", "print one line of JSON"),
    ),
    "with --repair: ",
  ),
  "something differed, repaired or not, or could not be read",
);

await runOperatorCommand(program, async (options: Options) => {
  if (options.repair) requireReason(program, options.because);
  const period = { since: options.since, until: new Date() };
  const { found, ports } = await findDrift(options, period);
  const isRepair = options.repair === true && found.drift.length > 0;
  const drift = isRepair
    ? await showProgress("Repairing", options.json, (announce) =>
        repairAll(found.drift, period, signAs(options), ports, announce),
      )
    : found.drift;
  const unreadable = found.unreadable.map(({ message }) => message);
  if (options.json) printJson(toJson(found, drift, period));
  else print([describeDrift(found.looked, drift, isRepair), ...unreadable].join("\n"));
  if (drift.length + unreadable.length > 0) process.exitCode = EXIT_CODES.needsPerson;
});

async function findDrift(
  options: Options,
  period: Period,
): Promise<{ found: Reconciliation; ports: SweepPorts }> {
  const { names, environment } = chooseDeployment(options);
  const { STRIPE_API_BASE } = environment;
  return showProgress("Reconciling", options.json, async (announce) => {
    const settings = {
      EDUCATION_TABLE_NAME: names.table,
      STATE_MACHINE_ARN: await findLiveArn(await findStateMachineArn(names.stateMachine)),
      STRIPE_SECRET_ID: options.repair ? names.stripeSecret : await chooseSecretForLooking(names),
      DEPLOYMENT_NAME: names.deployment,
      ...(STRIPE_API_BASE && { STRIPE_API_BASE }),
    };
    const ports = composeReconcile(settings, createPacedClient(), !options.repair);
    return { found: await reconcile(period, ports, announce), ports };
  });
}

/** Compares once more when all is done. */
async function repairAll(
  drift: Drift[],
  period: Period,
  signed: Signed,
  ports: SweepPorts,
  announce: (step: string) => void,
): Promise<RepairedDrift[]> {
  const repaired: RepairedDrift[] = [];
  for (const found of drift) {
    announce(`${repaired.length + 1} of ${drift.length}: ${found.checkoutSessionId}`);
    const repair = await repairSigned(found, signed, ports).catch(orFailed);
    repaired.push({ ...found, repair });
  }
  announce("Looking whether it is mended");
  await ports.pause(1_000);
  const after = await reconcile(period, ports);
  const left = new Set(after.drift.map(keyOf));
  return repaired.map((found) => ({ ...found, isMended: !left.has(keyOf(found)) }));
}

/** One that fails stops none of the others; without the ledger none is begun. */
function orFailed(error: unknown): "failed" {
  if (error instanceof LedgerAway) throw error;
  return "failed";
}

function toJson({ looked, unreadable }: Reconciliation, drift: RepairedDrift[], { since, until }: Period) {
  const rows = drift.map(({ event, purchase: _purchase, ...row }) => ({ ...row, eventId: event?.eventId }));
  return { since, until, looked, drift: rows, unreadable: unreadable.map(({ message }) => message) };
}
