/** What a scenario that went red has left behind is put back, so that the next ones do not go red for it. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { putItem } from "#handlers/adapters/dynamodb/table.ts";
import { seededCourse } from "../seeded-courses.ts";
import type { Drill, Scenario } from "./game-day.ts";
import { COURSE_ID, type Tools } from "./tools.ts";

type Leftovers = Pick<Tools, "mend" | "stripe" | "table"> & {
  operator: Pick<Tools["operator"], "clearLetters">;
};

/** Each for itself: what cannot be put back is no reason to leave the rest. */
export async function putBack(
  { mendIt }: Drill | Scenario,
  { mend, stripe, table, operator }: Leftovers,
): Promise<void> {
  const steps: (() => Promise<unknown>)[] = [
    mend,
    () => stripe.turnKnobs({ dropDeliveries: false }),
    () => putItem(table, courseItem(seededCourse(COURSE_ID))),
    () => mendIt(COURSE_ID),
    // An alarm that stands for a letter of this one would be no sign of what the next one breaks.
    () => operator.clearLetters(),
  ];
  for (const step of steps) await step().catch(() => undefined);
}
