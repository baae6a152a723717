/** Finds the dossier of a purchase from any id that somebody has in their hand. */
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { Dossier } from "./dossier.ts";
import { followTrail } from "./follow-trail.ts";
import { gatherPurchases } from "./gather-purchases.ts";
import { kindsOf } from "./identify.ts";
import type { DossierSources } from "./sources.ts";

/** @returns undefined when nothing anywhere knows the id */
export async function findDossier(id: string, sources: DossierSources): Promise<Dossier | undefined> {
  const letters = await sources.letters.peekDeadLetters();
  const strays = letters.filter((letter) => isStray(letter, id)).map(describeStray);
  const unreadable: string[] = [];
  for (const kind of kindsOf(id)) {
    const trail = await followTrail(id, kind, sources, letters, ({ message }) => unreadable.push(message));
    if (!trail) continue;
    const { purchases, gaps } = await gatherPurchases(trail, letters, sources);
    const [only] = purchases;
    const owner = purchases.every(({ userId }) => userId === only?.userId) ? only?.userId : undefined;
    const student = trail.student ?? (owner ? await sources.table.findStudent(owner) : undefined);
    const allGaps = [...gaps, ...unreadable, ...strays];
    const executionName = kind === "execution" ? id : undefined;
    return { query: { id, kind }, student, course: trail.course, executionName, purchases, gaps: allGaps };
  }
  // An execution bears its event's name, also where somebody has made one up.
  return strays.length > 0 ? { query: { id, kind: "event" }, purchases: [], gaps: strays } : undefined;
}

/** Of an execution that was not started with a payment event, or of a notice: there is no purchase to show it with. */
const isStray = (letter: DeadLetter, id: string) =>
  !letter.checkoutSessionId && Object.values(letter).includes(id);

const describeStray = ({ error, messageId }: DeadLetter) =>
  `A dead letter (${error}) names no checkout session: npm run dead-letters -- list ${messageId}`;
