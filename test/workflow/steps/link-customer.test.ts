import { describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent, student } from "#test/support/payment-events.ts";
import { linkCustomer } from "#workflow/steps/link-customer.ts";

const portsOf = (stores: InMemoryStores) => ({ students: stores, purchases: stores });
const now = () => new Date("2026-11-23T12:00:00.000Z");

describe("linking the customer", () => {
  test("the first customer is remembered and stays", async () => {
    const stores = createInMemoryStores({ students: [student] });
    await linkCustomer(paymentEvent({ customerId: "cus_1" }), portsOf(stores), now);
    await linkCustomer(paymentEvent({ customerId: "cus_2" }), portsOf(stores), now);
    expect(stores.students.get("user-ada")?.stripeCustomerId).toBe("cus_1");
  });

  test("a session without a customer leaves the student as they were", async () => {
    const stores = createInMemoryStores({ students: [student] });
    await linkCustomer(paymentEvent({ customerId: null }), portsOf(stores), now);
    expect(stores.students.get("user-ada")).toEqual(student);
  });

  test("a student who is gone is reported", async () => {
    await expect(linkCustomer(paymentEvent(), portsOf(createInMemoryStores()), now)).rejects.toMatchObject({
      name: "StudentNotFound",
    });
  });
});
