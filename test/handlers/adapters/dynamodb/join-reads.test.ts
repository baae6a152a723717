import { expect, test } from "vitest";
import { joinReads } from "#handlers/adapters/dynamodb/join-reads.ts";
import { getItem, putItem } from "#handlers/adapters/dynamodb/table.ts";
import { useRealTable } from "#test/support/real-table.ts";

let asked: string[] = [];
const realTable = useRealTable((operation) => asked.push(operation));

const itemOf = (PK: string) => ({ PK, SK: "METADATA" });

test("what is asked for at once is one request, whoever asks, and each gets its own", async () => {
  for (const PK of ["a", "b"]) await putItem(realTable(), itemOf(PK));
  const table = joinReads(realTable());
  asked = [];
  const wanted = ["b", "gone", "a", "b"].map((PK) => getItem(table, itemOf(PK)));
  await expect(Promise.all(wanted)).resolves.toEqual([itemOf("b"), undefined, itemOf("a"), itemOf("b")]);
  expect(asked).toEqual(["BatchGetItem"]);
});

test("what is asked for later is read again, alone without a batch", async () => {
  const table = joinReads(realTable());
  await expect(getItem(table, itemOf("c"))).resolves.toBeUndefined();
  await putItem(realTable(), itemOf("c"));
  asked = [];
  await expect(getItem(table, itemOf("c"))).resolves.toEqual(itemOf("c"));
  expect(asked).toEqual(["GetItem"]);
});

test("a request that fails is everybody's, and the next one is made", async () => {
  const real = realTable();
  const broken = joinReads({ ...real, tableName: "another" });
  const [one, other] = await Promise.allSettled(["a", "b"].map((PK) => getItem(broken, itemOf(PK))));
  expect([one?.status, other?.status]).toEqual(["rejected", "rejected"]);
  asked = [];
  await expect(getItem(broken, itemOf("a"))).rejects.toThrow("not found");
  expect(asked).toEqual(["GetItem"]);
});
