import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { student } from "#test/support/payment-events.ts";
import { NOON } from "#test/support/purchases.ts";
import type { Student } from "#workflow/model.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";
import { followClaims } from "#workflow/students/follow-claims.ts";

const linked: Student = { ...student, stripeCustomerId: "cus_1" };
const renamed = { email: "king@example.com", name: "Ada King" };

let stores: InMemoryStores;
let asked: unknown[];
let behind: unknown[];
let updateCustomer: (customerId: string) => Promise<boolean>;

beforeEach(() => {
  stores = createInMemoryStores({ students: [linked] });
  asked = [];
  behind = [];
  updateCustomer = async () => true;
});

const follow = (claims: Partial<Student>) =>
  followClaims(
    { ...student, createdAt: NOON, updatedAt: NOON, ...claims },
    {
      students: stores,
      payments: {
        updateCustomer: (customerId, { email, name }) => {
          asked.push([customerId, email, name]);
          return updateCustomer(customerId);
        },
      },
      now: () => new Date(NOON),
      onCustomerBehind: (error) => behind.push(error),
    },
  );
const stored = () => stores.students.get("user-ada");

test("a student who is not known yet is stored as the token says", async () => {
  stores.students.clear();
  const first = { ...student, createdAt: NOON, updatedAt: NOON };
  await expect(follow({})).resolves.toEqual(first);
  expect(stored()).toEqual(first);
});

test("claims that say nothing new cost no write and no call", async () => {
  stores.updateClaims = () => Promise.reject(new Error("nobody asked for that"));
  await expect(follow({})).resolves.toEqual(linked);
  expect(asked).toEqual([]);
});

describe("a student who is called otherwise by now", () => {
  test("is called so here and at the payment provider, and stays the same student", async () => {
    const current = { ...linked, ...renamed };
    await expect(follow(renamed)).resolves.toEqual(current);
    expect(stored()).toEqual({ ...current, updatedAt: NOON });
    expect(asked).toEqual([["cus_1", "king@example.com", "Ada King"]]);
    await follow(renamed);
    expect(asked).toHaveLength(1);
  });

  test("and has paid nothing yet is called so here", async () => {
    stores.students.set("user-ada", student);
    await expect(follow(renamed)).resolves.toMatchObject(renamed);
    expect(stored()).toMatchObject(renamed);
    expect(asked).toEqual([]);
  });

  test("and whose customer is gone loses it", async () => {
    updateCustomer = async () => false;
    await expect(follow(renamed)).resolves.not.toHaveProperty("stripeCustomerId");
    expect(stored()).toEqual({ ...student, ...renamed, updatedAt: NOON });
  });

  test("while the payment provider is away is served so, and the next request tries again", async () => {
    const away = new Error("Stripe is away");
    updateCustomer = () => Promise.reject(away);
    await expect(follow(renamed)).resolves.toMatchObject(renamed);
    expect(behind).toEqual([away]);
    updateCustomer = async () => true;
    await follow(renamed);
    expect(asked).toHaveLength(2);
    expect(stored()).toMatchObject(renamed);
  });

  test("with an address that the payment provider refuses keeps it here, and it is not asked again", async () => {
    const refused = new CheckoutRefused("customer", "email_invalid", "email");
    updateCustomer = () => Promise.reject(refused);
    await expect(follow(renamed)).resolves.toMatchObject({ ...renamed, stripeCustomerId: "cus_1" });
    await follow(renamed);
    expect(behind).toEqual([refused]);
    expect(stored()).toMatchObject(renamed);
  });
});

test("an address that is verified by now is so here, which the payment provider does not care about", async () => {
  stores.students.set("user-ada", { ...linked, emailVerified: false });
  await expect(follow({ emailVerified: true })).resolves.toEqual(linked);
  expect(stored()).toMatchObject({ emailVerified: true });
  expect(asked).toEqual([]);
});

test("a token that says neither name nor address takes nothing away", async () => {
  await expect(follow({ email: "", name: "", emailVerified: false })).resolves.toEqual(linked);
  expect(asked).toEqual([]);
});
