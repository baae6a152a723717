/** Opens what dossiers are gathered from and acts work with, when somebody asks for the first one. */
import type { createPacedClient } from "#handlers/adapters/step-functions/pace.ts";
import type { DeadLetterPorts } from "#handlers/composition.ts";
import type { Names } from "#infra/deployment/names.ts";
import type { PurchasePorts } from "../acts/purchases.ts";
import type { DossierSources } from "../dossier/sources.ts";

interface PurchasePlace {
  names: Names;
  stateMachineArn: string;
  stripeApiBase: string | undefined;
  /** Of Step Functions. */
  client: ReturnType<typeof createPacedClient>;
  letters: DeadLetterPorts;
  openSources: () => Promise<DossierSources>;
}

/** @returns what a failure does not spoil for the next one who asks */
export function createPurchaseOpener(place: PurchasePlace): () => Promise<PurchasePorts> {
  let opened: Promise<PurchasePorts> | undefined;
  return () => {
    opened ??= open(place);
    opened.catch(() => (opened = undefined));
    return opened;
  };
}

async function open(place: PurchasePlace): Promise<PurchasePorts> {
  const { names, stateMachineArn, stripeApiBase, client, letters, openSources } = place;
  // Handlers read their environment when they are loaded, and whoever opens the console has set it by now.
  const { composeDecisions, composeReconcile } = await import("#handlers/composition.ts");
  const settings = {
    EDUCATION_TABLE_NAME: names.table,
    STATE_MACHINE_ARN: stateMachineArn,
    STRIPE_SECRET_ID: names.stripeSecret,
    DEPLOYMENT_NAME: names.deployment,
    ...(stripeApiBase && { STRIPE_API_BASE: stripeApiBase }),
  };
  return {
    sources: await openSources(),
    decisions: composeDecisions(settings),
    sweep: composeReconcile(settings, client),
    letters,
  };
}
