import { expect, test } from "vitest";
import { type Around, aroundCalls, crashAt, inEveryOrder } from "./around-calls.ts";

test("two programs of two calls each are run in all six orders", async () => {
  const orders: string[] = [];
  let order = "";
  const call = (name: string) => async () => void (order += name);
  const program = async (turn: Around, ...names: string[]) => {
    for (const name of names) await turn(call(name));
  };
  const count = await inEveryOrder(
    ([one, other]) => {
      order = "";
      return [program(one, "a", "b"), program(other, "1", "2")];
    },
    () => orders.push(order),
  );
  expect(count).toBe(6);
  expect(orders.sort()).toEqual(["12ab", "1a2b", "1ab2", "a12b", "a1b2", "ab12"]);
});

test.each([
  [false, ["one"]],
  [true, ["one", "two"]],
])("a process that dies at its second call does nothing any more (answer lost: %s)", async (isDone, done) => {
  const did: string[] = [];
  const port = { note: async (what: string) => void did.push(what) };
  const crash = crashAt(2, isDone);
  const ports = aroundCalls({ port, now: () => new Date(0) }, crash);
  await ports.port.note("one");
  await expect(ports.port.note("two")).rejects.toThrow("at call 2");
  await expect(ports.port.note("three")).rejects.toThrow("at call 2");
  expect(did).toEqual(done);
  expect(crash.hasCrashed()).toBe(true);
  expect(ports.now()).toEqual(new Date(0));
});
