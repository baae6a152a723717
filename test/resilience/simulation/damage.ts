/** Now and then a record cannot be read for a while, until a person has mended it. */
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const RECORDS = 3;

export async function damageRecords({ agenda, table }: Deployment, random: Random): Promise<void> {
  for (let record = 0; record < RECORDS; record += 1) {
    await agenda.sleep(random.between(0, 6 * HOUR));
    const items = table.allItems().filter(({ PK }) => PK !== "SWEEP");
    const item = items[random.below(items.length)];
    if (!item) continue;
    table.damage(item);
    agenda.after(random.chance(0.7) ? random.between(0, 6 * HOUR) : random.between(0, 5 * DAY), () =>
      table.mend(item),
    );
  }
}
