/** What is stored about many purchases, read at once: the enrollment, the purchase, and what can still be paid. */
import type * as z from "zod/mini";
import { enrollmentSchema, openCheckoutSchema } from "#workflow/model.ts";
import type { Delivery, DeliveryRecords, LookedUpIds } from "#workflow/ports/stores.ts";
import { purchaseSchema } from "#workflow/purchase.ts";
import { readItems } from "./read-item.ts";
import { getItems, keys, type Table } from "./table.ts";

interface Key {
  PK: string;
  SK: string;
}

export const createDeliveryRecords = (table: Table): DeliveryRecords => ({
  async findDeliveries(ids) {
    const wanted = ids.map(keysOf);
    // A key that stands there twice would be refused, and one student may have paid twice.
    const distinct = new Map(wanted.flatMap((each) => Object.values(each)).map((key) => [textOf(key), key]));
    const items = new Map(
      (await getItems(table, [...distinct.values()])).map((item) => [textOf(item), item]),
    );
    return wanted.map((each) => readDelivery(each, items));
  },
});

const keysOf = ({ userId, courseId, checkoutSessionId }: LookedUpIds) => ({
  enrollment: keys.enrollment(userId, courseId),
  openCheckout: keys.openCheckout(userId, courseId),
  ...(checkoutSessionId && { purchase: keys.purchase(userId, checkoutSessionId) }),
});

function textOf(key: unknown): string {
  const { PK, SK } = key as Key;
  return `${PK} ${SK}`;
}

function readDelivery(
  { enrollment, openCheckout, purchase }: ReturnType<typeof keysOf>,
  items: Map<string, unknown>,
): Delivery {
  const unreadable: Delivery["unreadable"] = [];
  const read = <T>(schema: z.ZodMiniType<T>, key: Key | undefined): T | undefined => {
    const item = key && items.get(textOf(key));
    return item ? readItems(schema, [item], (record) => unreadable.push(record))[0] : undefined;
  };
  return {
    enrollment: read(enrollmentSchema, enrollment),
    openCheckout: read(openCheckoutSchema, openCheckout),
    purchase: read(purchaseSchema, purchase),
    unreadable,
  };
}
