/** What is compared of an answer. */
import type { Item, Operation, Outcome } from "./operation.ts";
import { fromTypedItem } from "./typed-values.ts";

type TypedItem = Parameters<typeof fromTypedItem>[0];

/** As the services answer, with typed values. */
export interface Answer {
  Item?: TypedItem;
  Attributes?: TypedItem;
  Items?: TypedItem[];
  LastEvaluatedKey?: TypedItem;
}

/**
 * @param answers of a `Pages`, each page's; where one ends is left to the service, which may give an empty one at the end
 */
export function toOutcome({ operation, input }: Operation, answers: Answer[]): Outcome {
  const [{ Item, Attributes } = {}] = answers;
  const items = answers.flatMap(({ Items = [] }) => Items).map(fromTypedItem);
  return {
    answer: {
      item: optional(Item),
      attributes: optional(Attributes),
      items: answers[0]?.Items && inOrder(items, operation, input),
    },
  };
}

/** One service answers no attributes where another answers nothing. */
const optional = (item: TypedItem | undefined): Item | undefined =>
  item && Object.keys(item).length > 0 ? fromTypedItem(item) : undefined;

/** What has no order has one here: a scan, and the items of an index with one sort key. */
export function inOrder(items: Item[], operation: string, { IndexName }: Operation["input"]): Item[] {
  const keyOf = (item: Item) => `${String(item["PK"])} ${String(item["SK"])}`;
  const byKey = (one: Item, other: Item) => (keyOf(one) < keyOf(other) ? -1 : 1);
  if (operation === "Scan") return items.toSorted(byKey);
  if (IndexName === undefined) return items;
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0]?.["GSI1SK"] === item["GSI1SK"]) last?.push(item);
    else groups.push([item]);
  }
  return groups.flatMap((group) => group.toSorted(byKey));
}
