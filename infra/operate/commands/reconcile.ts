/** `npm run reconcile`: what was paid against what was delivered, and the repair of what differs. */
import Table from "cli-table3";
import { Command, Option } from "commander";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { composeReconcile, type SweepPorts } from "#handlers/composition.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { type Drift, keyOf } from "#workflow/reconcile/drift.ts";
import { type Period, type Reconciliation, reconcile } from "#workflow/reconcile/find-drift.ts";
import { type RepairOutcome, repairDrift } from "#workflow/reconcile/repair.ts";
import { addOperatorOptions, chooseDeployment, EXIT, type OperatorOptions, readAge } from "./operator.ts";

interface Options extends OperatorOptions {
  since: Date;
  repair?: boolean;
  json?: boolean;
}

interface Repaired extends Drift {
  repair?: RepairOutcome | "failed";
  /** After the repair: whether the next look finds nothing any more. */
  isMended?: boolean;
}

const program = addOperatorOptions(
  new Command("npm run reconcile --")
    .description(
      "Compares Stripe's events and paid sessions with executions and enrollments.\n" +
        "Exit code 0: they agree. 3: they do not, whether repaired or not. 4: it could not look.",
    )
    .addOption(
      new Option("--since <age>", "how far to look back: 90s, 30m, 24h, 7d (Stripe keeps events for 30d)")
        .argParser(readAge)
        .default(readAge("24h"), "24h"),
    )
    .option("--repair", "start what is missing, redrive what failed, expire what must not be paid")
    .option("--json", "print one line of JSON"),
);

await runCommand(program, async (options: Options) => {
  const period = { since: options.since, until: new Date() };
  const looked = await findDrift(options, period).catch((error: unknown) => {
    process.stderr.write(`\nIt could not look: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.couldNotLook;
  });
  if (!looked) return;
  const { found, ports } = looked;
  const drift: Repaired[] =
    options.repair && found.drift.length > 0
      ? await showProgress("Repairing", options.json, (announce) =>
          repairAll(found.drift, period, ports, announce),
        )
      : found.drift;
  process.stdout.write(options.json ? toJson(found, drift, period) : describe(found, drift, options.repair));
  if (drift.length > 0) process.exitCode = EXIT.found;
});

async function findDrift(
  options: Options,
  period: Period,
): Promise<{ found: Reconciliation; ports: SweepPorts }> {
  const { stateMachine, table, stripeSecret } = chooseDeployment(options);
  return showProgress("Reconciling", options.json, async (announce) => {
    const { STRIPE_API_BASE } = process.env;
    const ports = composeReconcile({
      EDUCATION_TABLE_NAME: table,
      STATE_MACHINE_ARN: await findStateMachineArn(stateMachine),
      STRIPE_SECRET_ID: stripeSecret,
      ...(STRIPE_API_BASE && { STRIPE_API_BASE }),
    });
    return { found: await reconcile(period, ports, announce), ports };
  });
}

/** Looks again until nothing of it is left, or for as long as a purchase takes with its retries. */
async function repairAll(
  drift: Drift[],
  period: Period,
  ports: SweepPorts,
  announce: (step: string) => void,
): Promise<Repaired[]> {
  const repaired: Repaired[] = [];
  for (const found of drift) {
    announce(`${repaired.length + 1} of ${drift.length}: ${found.checkoutSessionId}`);
    const repair = await repairDrift(found, ports, { redriveFailed: true }).catch(() => "failed" as const);
    repaired.push({ ...found, repair });
  }
  announce("Looking whether it is mended");
  await ports.pause(1_000);
  const after = await reconcile(period, ports);
  const left = new Set(after.drift.map(keyOf));
  return repaired.map((found) => ({ ...found, isMended: !left.has(keyOf(found)) }));
}

function toJson({ looked }: Reconciliation, drift: Repaired[], { since, until }: Period): string {
  const rows = drift.map(({ event, ...row }) => ({ ...row, eventId: event?.eventId }));
  return `${JSON.stringify({ since, until, looked, drift: rows })}\n`;
}

function describe({ looked }: Reconciliation, drift: Repaired[], isRepair: boolean | undefined): string {
  const { events, sessions, executions, enrollments } = looked;
  const all = `${events} events, ${sessions} sessions, ${executions} executions and ${enrollments} enrollments`;
  if (drift.length === 0) return `\n${all}: they agree.\n`;
  const table = new Table({
    head: ["What", "Session", "Student", "Course", "Since", "Execution", ...(isRepair ? ["Repair"] : [])],
    style: { head: [], border: [] },
  });
  table.push(
    ...drift.map((row) => [
      row.kind,
      row.checkoutSessionId,
      row.userId ?? "-",
      row.courseId ?? "-",
      row.since,
      row.executionName ? `${row.executionName} ${row.executionStatus}` : "none",
      ...(isRepair ? [`${row.repair}${row.isMended ? ", mended" : ""}`] : []),
    ]),
  );
  return `\n${all}; ${drift.length} differ.\n${table.toString()}\n${isRepair ? "" : "npm run reconcile -- --repair starts what is missing.\n"}`;
}
