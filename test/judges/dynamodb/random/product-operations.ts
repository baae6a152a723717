/** Operations made of the keys, conditions, changes and questions that the product uses, and of their neighbours. */
import * as fc from "fast-check";
import { INDEX, type Operation, TABLE } from "./operation.ts";

const KEY = fc.record({
  PK: fc.constantFrom("USER#ada", "USER#bob", "COURSE#c1", "SWEEP"),
  SK: fc.constantFrom("METADATA", "PURCHASE#cs_1", "PURCHASE#cs_2", "ENROLLMENT#c1", "CHECKOUT#c1"),
});

const DATES = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-11-26T12:00:00.000Z"];
const date = fc.constantFrom(...DATES);
const id = fc.constantFrom("cs_1", "cs_2", "cus_1", "");
const count = fc.constantFrom(0, 1, 2, 4900, -1, 0.5);
const decision = fc.record({ kind: fc.constantFrom("withdraw", "waive"), at: date });

/** By attribute, in the product's names. */
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  attempt: count,
  checkoutSessionId: id,
  closedAt: date,
  decision,
  disputed: fc.record({ at: date, isLost: fc.boolean() }),
  disputedAt: date,
  doublePaymentSeenAt: date,
  email: fc.constantFrom("ada@example.com", "bob@example.com"),
  failing: id,
  followedUpAt: date,
  needsAttention: id,
  refunded: fc.record({ amount: count, at: date }),
  refundedAmount: count,
  settlement: fc.record({ paymentStatus: fc.constantFrom("paid", "unpaid"), amountTotal: count }),
  stripeCustomerId: id,
  stripeSessionId: id,
  GSI1PK: fc.constantFrom("PURCHASES_AWAITING_ATTENTION", "COURSE#c1", "CUSTOMER#cus_1"),
  GSI1SK: date,
};
const NAMES = Object.keys(VALUES);
const name = fc.constantFrom(...NAMES);

/** Some attributes with values of theirs. */
const someValues = (least: number, most: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .uniqueArray(name, { minLength: least, maxLength: most })
    .chain((names) =>
      fc.record(Object.fromEntries(names.map((one) => [one, VALUES[one] ?? fc.constant(null)]))),
    );

interface Condition {
  ConditionExpression?: string;
  values: Record<string, unknown>;
}

const asIs = (ConditionExpression: string): fc.Arbitrary<Condition> =>
  fc.constant({ ConditionExpression, values: {} });
const withValue = (expression: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Condition> =>
  value.map((one) => ({ ConditionExpression: expression, values: { ":previous": one } }));

const noneOrLess = (decided: string, unless: string) =>
  `${decided} AND attribute_not_exists(${unless}) OR ${decided} AND ${unless} < :previous`;

const OF_THE_PRODUCT: fc.Arbitrary<Condition>[] = [
  asIs("attribute_not_exists(PK)"),
  asIs("attribute_exists(PK)"),
  asIs("attribute_exists(PK) AND attribute_not_exists(attempt)"),
  asIs("attribute_exists(PK) AND attribute_not_exists(decision)"),
  asIs("attribute_exists(PK) AND attribute_not_exists(stripeCustomerId)"),
  asIs(
    "attribute_exists(PK) AND attribute_not_exists(decision) AND attribute_not_exists(refunded) AND attribute_not_exists(disputed)",
  ),
  withValue("attempt = :previous", count),
  withValue("followedUpAt = :previous", date),
  withValue("stripeSessionId = :previous", id),
  withValue(noneOrLess("attribute_exists(decision)", "refundedAmount"), count),
  withValue(noneOrLess("attribute_not_exists(decision)", "disputedAt"), date),
];

/** Which of two is the smaller is asked of one kind of value alone: moto breaks down over two. */
const ORDERED = NAMES.filter((one) => !["decision", "disputed", "refunded", "settlement"].includes(one));

const comparison = (place: number): fc.Arbitrary<Condition> =>
  fc
    .oneof(
      fc.tuple(name, fc.constantFrom("=", "<>"), name),
      fc
        .tuple(fc.constantFrom(...ORDERED), fc.constantFrom("<", "<=", ">", ">="))
        .map(([one, operator]) => [one, operator, one] as [string, string, string]),
    )
    .chain(([one, operator, of]) =>
      (VALUES[of] ?? id).map((value) => ({
        ConditionExpression: `${one} ${operator} :term${place}`,
        values: { [`:term${place}`]: value },
      })),
    );

const term = (place: number): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom("attribute_exists", "attribute_not_exists"), name)
      .chain(([call, one]) => asIs(`${call}(${one})`)),
    comparison(place),
    fc.tuple(name, fc.constantFrom("cs", "2026-01", "C", "")).map(([one, text]) => ({
      ConditionExpression: `begins_with(${one}, :term${place})`,
      values: { [`:term${place}`]: text },
    })),
  );

/** Up to three terms, of which AND binds the closer. */
const neighbour: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.constantFrom("AND", "OR"), { minLength: 2, maxLength: 2 }),
  )
  .chain(([terms, joints]) =>
    fc.tuple(...Array.from({ length: terms }, (_, place) => term(place))).map((all) => ({
      ConditionExpression: all
        .map(
          ({ ConditionExpression }, place) =>
            (place === 0 ? "" : ` ${joints[place - 1]} `) + ConditionExpression,
        )
        .join(""),
      values: Object.assign({}, ...all.map(({ values }) => values)) as Record<string, unknown>,
    })),
  );

export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Condition>({ values: {} }) },
  { weight: 4, arbitrary: fc.oneof(...OF_THE_PRODUCT) },
  { weight: 3, arbitrary: neighbour },
);

export const operation = (name: string, input: Record<string, unknown>): Operation => ({
  operation: name,
  input: { TableName: TABLE, ...input },
});

const withCondition = ({ ConditionExpression, values }: Condition, more: Record<string, unknown> = {}) => {
  const all = { ...more, ...values };
  return {
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
};

const put = fc
  .tuple(KEY, someValues(0, 6), condition)
  .map(([key, values, when]) =>
    operation("PutItem", { Item: { ...values, ...key }, ...withCondition(when) }),
  );

const remove = fc
  .tuple(KEY, condition)
  .map(([Key, when]) => operation("DeleteItem", { Key, ...withCondition(when) }));

const get = KEY.map((Key) => operation("GetItem", { Key, ConsistentRead: true }));

/** As `updateItemIf` words it. */
const update = fc
  .tuple(KEY, someValues(1, 7), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), condition)
  .map(([Key, values, once, gone, when]) => {
    const names = Object.keys(values);
    const removed = names.slice(0, Math.min(gone, names.length - 1));
    const kept = names.slice(removed.length);
    const sets = kept.map((one, index) =>
      index < once ? `#${one} = if_not_exists(#${one}, :${one})` : `#${one} = :${one}`,
    );
    const given = Object.fromEntries(kept.map((one) => [`:${one}`, values[one]]));
    const removal = removed.length > 0 ? ` REMOVE ${removed.map((one) => `#${one}`).join(", ")}` : "";
    return operation("UpdateItem", {
      Key,
      UpdateExpression: `SET ${sets.join(", ")}${removal}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((one) => [`#${one}`, one])),
      ...withCondition(when, given),
    });
  });

const byKey = fc
  .tuple(KEY, fc.constantFrom("", "PURCHASE#", "ENROLLMENT#", "CHECKOUT#", "M"))
  .map(([{ PK }, start]) =>
    operation("Query", {
      KeyConditionExpression: `PK = :student${start && " AND begins_with(SK, :start)"}`,
      ExpressionAttributeValues: { ":student": PK, ...(start && { ":start": start }) },
      ConsistentRead: true,
    }),
  );

const byIndex = fc
  .tuple(VALUES["GSI1PK"] ?? id, fc.constantFrom("", "=", ">=", ">", "<", "<="), date)
  .map(([value, operator, since]) =>
    operation("Query", {
      IndexName: INDEX,
      KeyConditionExpression: `GSI1PK = :course${operator && ` AND GSI1SK ${operator} :since`}`,
      ExpressionAttributeValues: { ":course": value, ...(operator && { ":since": since }) },
    }),
  );

export const productOperation = fc.oneof(
  { weight: 3, arbitrary: put },
  { weight: 6, arbitrary: update },
  { weight: 2, arbitrary: remove },
  { weight: 2, arbitrary: get },
  { weight: 1, arbitrary: byKey },
  { weight: 1, arbitrary: byIndex },
);

export { date, id, KEY, VALUES };
