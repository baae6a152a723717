import { expect, onTestFinished, test } from "vitest";
import { useLiveStack } from "#test/support/live-stack.ts";
import { type Change, plant } from "#test/support/source-copy.ts";

const live = useLiveStack();

/** Taken back by the returned function, or when the test ends. */
async function change(what: Change): Promise<() => Promise<void>> {
  const undo = await plant(live.root, what);
  onTestFinished(undo);
  return undo;
}

const PATIENCE = { timeout: 30_000 };
const get = (address: string) => fetch(`${live.clientUrl}${address}`);
const textOf = async (address: string) => (await get(address)).text();
const statusOf = async (address: string) => (await get(address)).status;

test("a rule that is changed while all runs holds from the next call on", async () => {
  const found = async () => {
    const { courses } = JSON.parse(await textOf("/api/courses?q=first%20principles")) as {
      courses: unknown[];
    };
    return courses.length;
  };
  await expect(found()).resolves.toBe(1);
  const undo = await change({
    file: "workflow/search-catalogue.ts",
    replace: "text.includes(word)",
    by: "!text.includes(word)",
  });
  await expect.poll(found, PATIENCE).toBeGreaterThan(1);
  await undo();
  await expect.poll(found, PATIENCE).toBe(1);
});

test("a file of the client that is changed is served as it is now", async () => {
  const words = () => textOf("/words/english/frame.ts");
  await expect(words()).resolves.not.toContain("Bursar by hand");
  await change({
    file: "client/words/english/frame.ts",
    replace: 'site: "Bursar"',
    by: 'site: "Bursar by hand"',
  });
  await expect.poll(words, PATIENCE).toContain("Bursar by hand");
});

test("a handler that cannot be read is told with its place, and everything else goes on until it is mended", async () => {
  await expect(statusOf("/api/health")).resolves.toBe(200);
  const undo = await change({
    file: "handlers/routes/students.ts",
    replace: "export function",
    by: "export functio",
  });
  await expect
    .poll(live.said, PATIENCE)
    .toMatch(/^handlers\/routes\/students\.ts:\d+:\d+ does not load: \w+/m);
  expect(live.said()).not.toMatch(/\n\s+at /);
  await expect(statusOf("/api/health")).resolves.toBe(500);
  await expect(statusOf("/")).resolves.toBe(200);
  await undo();
  await expect.poll(live.said, PATIENCE).toContain("All loads again.");
  await expect(statusOf("/api/health")).resolves.toBe(200);
});

test("a file of the client that cannot be read is told, too", async () => {
  await expect(statusOf("/money.ts")).resolves.toBe(200);
  await change({ file: "client/money.ts", replace: "export const amountOf", by: "export const" });
  await expect
    .poll(async () => {
      await get("/money.ts");
      return live.said();
    }, PATIENCE)
    .toMatch(/^client\/money\.ts:\d+:\d+ does not load: /m);
});

test.each(["package.json", ".env.example", "infra/local/settings.ts"])(
  "%s is no browser's to read",
  async (file) => {
    await expect(statusOf(`/@fs${live.root}/${file}`)).resolves.toBe(403);
  },
);
