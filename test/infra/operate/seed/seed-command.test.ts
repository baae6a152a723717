import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { writeCourses } from "#infra/operate/seed/write-courses.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { PaidCourse as Course } from "#workflow/model.ts";

const course: Course = { ...paidCourse, courseId: "SEED-1" };

let directory: string;

const { stack } = useRunningStack();

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bursar-seed-"));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const BECAUSE = ["--because", "new courses"];

const seed = (words: string[], environment: Record<string, string> = {}) =>
  runNpmCommand("seed", [...words, ...BECAUSE], { ...endpointsOf(stack), ...environment });

async function fileOf(courses: unknown): Promise<string> {
  const file = path.join(directory, "courses.json");
  await writeFile(file, JSON.stringify(courses));
  return file;
}

test("writes courses as the API reads them", async () => {
  const { stdout, stderr } = await seed([await fileOf([course]), "--json"]);
  expect(JSON.parse(stdout)).toEqual({ created: ["SEED-1"], changed: [], unchanged: [] });
  expect(stderr).toBe("");
  const response = await fetch(`${stack.clientUrl}/api/courses/SEED-1`);
  expect(await response.json()).toEqual({ course });
});

test("writes into the stack of this machine, and compares with the Stripe of this machine", async () => {
  const stripe = createStandInClient(stack.stripeUrl);
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 4900,
    product_data: { name: "Reliable Payments" },
  });
  const { unitAmount, ...priced } = { ...course, courseId: "SEED-8", price: 49, stripePriceId: price.id };
  const local = {
    AWS_PORT: new URL(stack.awsUrl).port,
    STRIPE_PORT: new URL(stack.stripeUrl).port,
    BURSAR_DATA_DIR: stack.dataDir,
  };
  const words = [await fileOf([priced]), "--local", ...BECAUSE];
  const { code, stdout, stderr } = await runNpmCommand("seed", words, local);
  expect(stderr).toBe("");
  expect([code, stdout]).toEqual([
    0,
    "created: SEED-8\n1 course was compared with Stripe's prices and products.\n",
  ]);
  const response = await fetch(`${stack.clientUrl}/api/courses/SEED-8`);
  expect(await response.json()).toMatchObject({ course: { unitAmount, currency: "usd" } });
});

test("stands in the ledger with its reason, and not when it changes nothing", async () => {
  const file = await fileOf([{ ...course, courseId: "SEED-9" }]);
  for (const _again of [1, 2]) expect((await seed([file])).code).toBe(0);
  const { stdout } = await runNpmCommand("ops", ["ledger", "SEED-9", "--json"], endpointsOf(stack));
  const outcome = { isDone: true, text: "1 written" };
  expect(JSON.parse(stdout)).toMatchObject({
    entries: [{ action: "seed", about: ["SEED-9"], reason: "new courses", via: "command", outcome }],
  });
  expect((JSON.parse(stdout) as { entries: unknown[] }).entries).toHaveLength(1);
});

test("without a reason it is refused, on one machine too, and nothing is written", async () => {
  const file = await fileOf([{ ...course, courseId: "SEED-10" }]);
  const { code, stderr } = await runNpmCommand("seed", [file], endpointsOf(stack));
  expect([code, stderr]).toEqual([2, expect.stringContaining("--because <reason>")]);
  expect(await createStackClients(stack).readItem("COURSE#SEED-10", "METADATA")).toBeUndefined();
});

test("changes nothing when the same courses come again, and says what it changes otherwise", async () => {
  const { table } = createStackClients(stack);
  const seeded: Course = { ...course, courseId: "SEED-2" };
  expect(await writeCourses([seeded], table)).toMatchObject({ created: ["SEED-2"] });
  expect(await writeCourses([seeded], table)).toMatchObject({ unchanged: ["SEED-2"], changed: [] });
  expect(await writeCourses([{ ...seeded, unitAmount: 5900 }], table)).toMatchObject({
    changed: ["SEED-2"],
  });
});

test("writes nothing of a file in which one course is wrong, and names every fault", async () => {
  const { prices, products } = createStandInClient(stack.stripeUrl);
  const product = await products.create({ name: course.name });
  const archived = await prices.create({ currency: "usd", unit_amount: 4900, product: product.id });
  await products.update(product.id, { active: false });
  const courses = [
    { ...course, courseId: "SEED-3" },
    { ...course, courseId: "SEED-4", unitAmount: 30 },
    { ...course, courseId: "SEED-5", stripePriceId: "price_none" },
    { ...course, courseId: "SEED-3" },
    { ...course, courseId: "SEED-6", stripePriceId: archived.id },
  ];
  const { code, stdout, stderr } = await seed([await fileOf(courses)], {
    STRIPE_SECRET_KEY: STAND_IN_STRIPE.secretKey,
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /SEED-4: unitAmount 30 \(\$0.30\) is less .*\n.*SEED-3: is there twice\n.*SEED-5: Stripe knows no price price_none\n.*SEED-6: .*archived.*\n$/,
  );
  expect(await createStackClients(stack).readItem("COURSE#SEED-3", "METADATA")).toBeUndefined();
});

test("says which table is missing", async () => {
  const { table } = createStackClients(stack);
  await expect(writeCourses([course], { ...table, tableName: "bursar-education-nowhere" })).rejects.toThrow(
    "There is no table bursar-education-nowhere in this account and region. Deploy first, or name the --stage.",
  );
});
