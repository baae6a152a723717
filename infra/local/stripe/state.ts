/** What all parts of the stand-in share: the records, the knobs, and the one way to change anything. */
import type { Database, Write } from "../storage/database.ts";
import { createKeyedLock, type Exclusively } from "../storage/keyed-lock.ts";
import type { Knobs } from "./control/knobs.ts";
import { schedule } from "./store/agenda.ts";
import type { Collection, Entity } from "./store/collection.ts";
import { type Change, createRecords, type Happening, type Records } from "./store/records.ts";
import { createEvent } from "./webhooks/create-event.ts";
import { DELIVERIES, type DeliveryTask } from "./webhooks/deliver.ts";

export interface State {
  database: Database;
  records: Records;
  knobs: Knobs;
  /** Serializes work on one checkout session, charge or customer. */
  exclusively: Exclusively;
  /** Idempotency-Keys of the requests that are executed right now. */
  keysInUse: Set<string>;
  /** Where the stand-in listens, e.g. `http://localhost:12111`; known before anything is asked of it. */
  origin: string;
  /** Commits the change with its events and their deliveries: a crash loses all of it or nothing. */
  save(change: Change): Promise<void>;
}

/** @param isAskedFor whether a webhook takes events of this type */
export function createState(database: Database, knobs: Knobs, isAskedFor: (type: string) => boolean): State {
  const records = createRecords(database);

  async function eventWrites([type, object, previous]: Happening, cause: Change["cause"]): Promise<Write[]> {
    const isAsked = isAskedFor(type);
    const event = createEvent(type, object, isAsked ? 1 : 0, cause, previous);
    const copies = isAsked && !knobs.dropDeliveries ? 1 + knobs.duplicates : 0;
    return [
      ...(await records.events.put(event)),
      ...Array.from({ length: copies }, () => scheduleDelivery(event.id, knobs.delayMs)),
    ];
  }

  return {
    database,
    records,
    knobs,
    exclusively: createKeyedLock(),
    keysInUse: new Set(),
    origin: "",
    async save(change) {
      const writes = await Promise.all([
        ...putAll(records.checkouts, change.checkouts),
        ...putAll(records.customers, change.customers),
        ...putAll(records.paymentIntents, change.paymentIntents),
        ...putAll(records.charges, change.charges),
        ...putAll(records.refunds, change.refunds),
        ...putAll(records.disputes, change.disputes),
        ...putAll(records.products, change.products),
        ...putAll(records.prices, change.prices),
        ...putAll(records.coupons, change.coupons),
        ...putAll(records.promotionCodes, change.promotionCodes),
        ...putAll(records.invoices, change.invoices),
        ...(change.events ?? []).map((event) => eventWrites(event, change.cause)),
      ]);
      await database.batch([...writes.flat(), ...(change.writes ?? [])]);
    },
  };
}

export function scheduleDelivery(eventId: string, delayMs: number): Write {
  const task: DeliveryTask = { eventId, attempts: 0, firstAttemptAt: null };
  return schedule(DELIVERIES, Date.now() + delayMs, task);
}

function putAll<T extends Entity>(collection: Collection<T>, entities: T[] = []): Promise<Write[]>[] {
  return entities.map((entity) => collection.put(entity));
}
