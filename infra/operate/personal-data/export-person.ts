/** Everything that the system holds of a person, in one piece for handing it over. */
import type { PersonalItems } from "#handlers/adapters/dynamodb/personal-data.ts";
import type { Person, PersonalDataStore } from "#workflow/ports/personal-data.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import type { DossierSources } from "../dossier/sources.ts";
import type { ShownLetter } from "../records/shapes.ts";

interface PersonExport {
  userId: string;
  /** ISO 8601. */
  exportedAt: string;
  /** The table's items of the person, as they are stored. */
  records: Record<string, unknown>[];
  /** Purchases of others whose place the person has paid for or given away. */
  namedIn: { checkoutSessionId: string; courseId: string }[];
  executions: { name: string; status: string; startedAt: string }[];
  deadLetters: ShownLetter[];
  /** A sentence for each place where others hold something. */
  elsewhere: string[];
}

interface ExportSources {
  personalData: PersonalDataStore & PersonalItems;
  dossier: DossierSources;
}

export async function exportPerson(
  { userId }: Person,
  elsewhere: string[],
  { personalData, dossier: sources }: ExportSources,
): Promise<PersonExport> {
  const dossier = await findDossier(userId, sources);
  const named = await personalData.listPurchasesWith([userId.toLowerCase()]);
  const purchases = dossier?.purchases ?? [];
  return {
    userId,
    exportedAt: new Date().toISOString(),
    records: await personalData.listItems(userId),
    namedIn: named
      .filter((purchase) => purchase.userId !== userId)
      .map(({ checkoutSessionId, courseId }) => ({ checkoutSessionId, courseId })),
    executions: purchases.flatMap(({ executions }) =>
      executions.map(({ name, status, startedAt }) => ({ name, status, startedAt })),
    ),
    deadLetters: purchases.flatMap(({ deadLetters }) => deadLetters),
    elsewhere,
  };
}
