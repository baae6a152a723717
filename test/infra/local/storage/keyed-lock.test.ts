import { expect, test } from "vitest";
import { createKeyedLock } from "#infra/local/storage/keyed-lock.ts";

/** Works that note when they begin, and end when they are told to. */
function createWorks() {
  const begun: string[] = [];
  const endings = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      endings.set(name, (error) => (error ? reject(error) : resolve(name)));
    });
  return { begun, work, end: (name: string, error?: Error) => endings.get(name)?.(error) };
}

test("one caller at a time works on a thing, in the order in which they came", async () => {
  const exclusively = createKeyedLock();
  const { begun, work, end } = createWorks();
  const first = exclusively("thing", work("first"));
  const second = exclusively("thing", work("second"));
  expect(begun).toEqual(["first"]);
  end("first");
  await expect(first).resolves.toBe("first");
  expect(begun).toEqual(["first", "second"]);
  end("second");
  await expect(second).resolves.toBe("second");
});

test("work on another thing need not wait", () => {
  const exclusively = createKeyedLock();
  const { begun, work } = createWorks();
  void exclusively("thing", work("first"));
  void exclusively("another", work("second"));
  expect(begun).toEqual(["first", "second"]);
});

test("work that fails fails for its caller alone", async () => {
  const exclusively = createKeyedLock();
  const { work, end } = createWorks();
  const first = exclusively("thing", work("first"));
  const second = exclusively("thing", work("second"));
  end("first", new Error("it broke"));
  await expect(first).rejects.toThrow("it broke");
  await Promise.resolve();
  end("second");
  await expect(second).resolves.toBe("second");
});
