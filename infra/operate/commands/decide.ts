/** What an operator decides about a purchase: shown first, and done with --yes, a reason and a name. */
import { composeDecisions, type DecisionPorts } from "#handlers/composition.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { planDecision, type WantedDecision } from "#workflow/decide/decide.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import type { Decision, Purchase } from "#workflow/purchase.ts";
import { decideSigned } from "../acts/decide.ts";
import { openLedger, type Signed } from "../acts/open-ledger.ts";
import { chooseSecretForLooking } from "../choose-stripe-secret.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import { openSources } from "../dossier/sources.ts";
import { chooseDeployment } from "../settings.ts";
import type { OperatorOptions } from "./operator-options.ts";

export interface DecideOptions extends OperatorOptions {
  because?: string;
  by?: string;
  /** E-mail address of the student who is to have it. */
  to?: string;
  yes?: boolean;
  json?: boolean;
}

export interface DecisionReport {
  checkoutSessionId: string;
  userId: string;
  courseId: string;
  /** One sentence per consequence. */
  plan: string[];
  /** False: it was only shown. */
  isDone: boolean;
  decision?: Decision | undefined;
}

/** @throws Error when the id leads to no purchase, to several, or the decision cannot be made */
export async function decidePurchase(
  kind: WantedDecision["kind"],
  options: DecideOptions,
  id: string,
): Promise<void> {
  const report = await showProgress(`Looking at ${id}`, options.json, async () => {
    const ports = await openDecisionPorts(options);
    const { purchase, to } = await findSubject(id, options, ports);
    return decideOne(purchase, { kind, ...(to && { to }) }, options, signAs(options), ports);
  });
  if (options.json) printJson(report);
  else print(describeDecision(report));
}

export async function decideOne(
  purchase: Purchase,
  { kind, to }: Pick<WantedDecision, "kind" | "to">,
  { because = "", by, yes = false }: DecideOptions,
  signed: Signed,
  ports: DecisionPorts,
): Promise<DecisionReport> {
  const decidedBy = by ?? (await signed.ledger.findCaller());
  const wanted: WantedDecision = { kind, reason: because, by: decidedBy, ...(to && { to }) };
  const { checkoutSessionId, userId, courseId } = purchase;
  const plan = await planDecision(purchase, wanted, ports);
  const decided = yes ? await decideSigned(purchase, wanted, signed, ports) : purchase;
  return { checkoutSessionId, userId, courseId, plan, isDone: yes, decision: decided.decision };
}

export function describeDecision({
  checkoutSessionId,
  userId,
  courseId,
  plan,
  isDone,
}: DecisionReport): string {
  const lead = isDone ? "Decided" : "This would be decided; --yes does it";
  return [
    `\n${lead}: ${checkoutSessionId}, ${userId}, ${courseId}.`,
    ...plan.map((line) => `- ${line}`),
  ].join("\n");
}

export function signAs(options: OperatorOptions & { because?: string }): Signed {
  const { names, environment } = chooseDeployment(options);
  const { ledger } = openLedger(names.table, "command", environment.AWS_ENDPOINT_URL);
  return { ledger, reason: options.because };
}

/** What is only shown asks Stripe by the key that may only read, where there is one. */
export async function openDecisionPorts({ yes, ...options }: DecideOptions): Promise<DecisionPorts> {
  const { names, environment } = chooseDeployment(options);
  const { STRIPE_API_BASE } = environment;
  const settings = {
    EDUCATION_TABLE_NAME: names.table,
    STRIPE_SECRET_ID: yes ? names.stripeSecret : await chooseSecretForLooking(names),
    DEPLOYMENT_NAME: names.deployment,
    ...(STRIPE_API_BASE && { STRIPE_API_BASE }),
  };
  return composeDecisions(settings, !yes);
}

async function findSubject(
  id: string,
  { to, ...options }: DecideOptions,
  ports: DecisionPorts,
): Promise<{ purchase: Purchase; to: string | undefined }> {
  const { names, environment } = chooseDeployment(options);
  const sources = await openSources(names, environment.STRIPE_API_BASE);
  const dossier = await findDossier(id, sources);
  const [found, ...others] = dossier?.purchases ?? [];
  if (!found) throw new Error(`No purchase is known as ${id} here.`);
  if (others.length > 0) {
    const ids = [found, ...others].map(({ checkoutSessionId }) => checkoutSessionId).join(", ");
    throw new Error(`${id} leads to several purchases. Name one of them: ${ids}.`);
  }
  const purchase = await loadPurchase(found.checkoutSessionId, found.userId, ports);
  if (!purchase) throw new Error(`${found.checkoutSessionId} is not a checkout session of this deployment.`);
  const receiver = to ? await sources.table.findStudentByEmail(to) : undefined;
  if (to && !receiver)
    throw new Error("No student has the e-mail address that --to names; they sign in once first.");
  return { purchase, to: receiver?.userId };
}
