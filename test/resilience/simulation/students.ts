/** The students of a round: some come late, some change their e-mail address, and all sign in once more at the end. */
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { student } from "#test/support/payment-events.ts";
import type { Deployment } from "./deployment.ts";
import { checkOut, type Place } from "./purchase.ts";
import type { Random } from "./random.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Some students are missing from the table when their first payment arrives; most of these come later. */
export function signUp(students: readonly string[], { agenda, table }: Deployment, random: Random): void {
  for (const userId of students) {
    const add = () => {
      const known = table
        .allItems()
        .some((item) => item["PK"] === `USER#${userId}` && item["SK"] === "METADATA");
      if (!known) table.put(studentItem({ ...student, userId }));
    };
    if (random.chance(0.95)) add();
    else if (random.chance(0.7)) agenda.after(random.between(0, 3 * DAY), add);
  }
}

/** One in ten changes it, one in twenty has one that Stripe takes for none. */
export function changeAddresses({ deployment, random, students }: Place): void {
  const { agenda, emails } = deployment;
  for (const userId of students) {
    if (random.chance(0.05)) emails.set(userId, `${userId}@localhost`);
    else if (random.chance(0.1))
      agenda.after(random.between(0, 20 * DAY), () => emails.set(userId, `${userId}@new.example.com`));
  }
}

/** When nothing fails any more, whoever has no form may ask for one, and a name that was behind may follow. */
export async function comeBack(userId: string, place: Place): Promise<void> {
  const { agenda } = place.deployment;
  await agenda.sleep(place.random.between(0, HOUR));
  for (let visit = 0; visit < 3; visit += 1) {
    await place.deployment.callApi("GET", "/api/students/me", userId);
    await agenda.sleep(1_000);
  }
  const session = place.random.chance(0.3)
    ? await checkOut({ userId, courseIndex: place.random.below(64) }, place)
    : undefined;
  if (session && place.random.chance(0.5)) place.deployment.stripe.complete(session, "paid");
}
