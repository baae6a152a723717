/** What a student may ask for: a copy of everything that is held of them, and that it goes. */
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { composeErasures, type ErasurePorts } from "#handlers/composition.ts";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { planErasure, type Signature } from "#workflow/erase/erase.ts";
import type { Erasure, Person } from "#workflow/ports/personal-data.ts";
import { eraseSigned } from "../acts/decide.ts";
import type { Signed } from "../acts/open-ledger.ts";
import { chooseSecretForLooking } from "../choose-stripe-secret.ts";
import { openSources } from "../dossier/sources.ts";
import { describeElsewhere } from "../personal-data/elsewhere.ts";
import { exportPerson } from "../personal-data/export-person.ts";
import { chooseDeployment } from "../settings.ts";
import { type DecideOptions, signAs } from "./decide.ts";
import type { OperatorOptions } from "./operator-options.ts";

type ExportOptions = OperatorOptions & { json?: boolean };

interface ErasureReport {
  userId: string;
  /** One sentence per consequence. */
  plan: string[];
  /** False: it was only shown. */
  isDone: boolean;
  erasure?: Erasure | undefined;
  elsewhere: string[];
}

/** Always JSON: it is for whoever asked, and for their next provider. */
export async function exportStudent(options: ExportOptions, id: string): Promise<void> {
  const exported = await showProgress(`Gathering ${id}`, options.json, async () => {
    const { ports, person, awsUrl, names, stripeApiBase } = await findPerson(options, id);
    if (!person) return undefined;
    const dossier = await openSources(names, stripeApiBase);
    return exportPerson(person, describeElsewhere(person, awsUrl), { ...ports, dossier });
  });
  if (exported) printJson(exported, options.json ? undefined : 2);
  else reportUnknown(id, options);
}

/** @throws ErasureRefused, with a line for each thing that must be done first */
export async function eraseStudent(options: DecideOptions, id: string): Promise<void> {
  const { because: reason = "", yes = false } = options;
  const signed = signAs(options);
  const report = await showProgress(yes ? `Erasing ${id}` : `Looking at ${id}`, options.json, async () => {
    const { ports, person, awsUrl } = await findPerson(options, id);
    const by = options.by ?? (await signed.ledger.findCaller());
    return person && eraseOne(person, { reason, by }, yes ? signed : undefined, ports, awsUrl);
  });
  if (!report) return reportUnknown(id, options);
  if (options.json) printJson(report);
  else print(describeReport(report));
}

async function eraseOne(
  person: Person,
  signature: Signature,
  /** Undefined: it is only shown. */
  signed: Signed | undefined,
  ports: ErasurePorts,
  awsUrl: string | undefined,
): Promise<ErasureReport> {
  const { userId } = person;
  const plan = await planErasure(userId, signature, ports);
  const elsewhere = describeElsewhere(person, awsUrl);
  const standing = await ports.personalData.findErasure(userId);
  const erasure = signed ? await eraseSigned(userId, signature.by, signed, ports) : standing;
  return {
    userId,
    plan,
    isDone: signed !== undefined || (standing !== undefined && plan.length === 0),
    erasure,
    elsewhere,
  };
}

async function findPerson(options: OperatorOptions & { yes?: boolean }, id: string) {
  const { names, environment } = chooseDeployment(options);
  const { STRIPE_API_BASE, AWS_ENDPOINT_URL: awsUrl } = environment;
  const ports = composeErasures({
    EDUCATION_TABLE_NAME: names.table,
    STRIPE_SECRET_ID: options.yes ? names.stripeSecret : await chooseSecretForLooking(names),
    DEPLOYMENT_NAME: names.deployment,
    DEAD_LETTER_QUEUE_URL: await findQueueUrl(names.deadLetterQueue),
    ...(STRIPE_API_BASE && { STRIPE_API_BASE }),
  });
  const userId = id.includes("@") ? await findUserId(id, ports) : id;
  const read = userId === undefined ? undefined : await ports.personalData.readPerson(userId);
  const isKnown = read && (hasRecords(read) || (await ports.personalData.findErasure(read.userId)));
  return { ports, person: isKnown ? read : undefined, awsUrl, names, stripeApiBase: STRIPE_API_BASE };
}

async function findUserId(email: string, { personalData }: ErasurePorts): Promise<string | undefined> {
  const [first, ...others] = await personalData.listUserIdsByEmail(email);
  if (others.length === 0) return first;
  throw new Error(`Several students have that address. Name one: ${[first, ...others].join(", ")}.`);
}

const hasRecords = ({ student, purchases, enrollments, openCheckouts }: Person) =>
  student !== undefined || purchases.length + enrollments.length + openCheckouts.length > 0;

function reportUnknown(id: string, { json }: { json?: boolean }): void {
  if (json) printJson({ found: false });
  else print(`\nNothing found: no student is known as ${id} here.`);
  process.exitCode = EXIT_CODES.needsPerson;
}

function describeReport({ userId, plan, isDone, erasure, elsewhere }: ErasureReport): string {
  const lead = isDone
    ? `Erased: ${userId}, by ${erasure?.by} at ${erasure?.at}.`
    : `${userId} would be erased; --yes does it, and nothing brings it back`;
  return [
    "",
    lead,
    ...plan.map((line) => `- ${line}`),
    "",
    "What is not here:",
    ...elsewhere.map((line) => `- ${line}`),
  ].join("\n");
}
