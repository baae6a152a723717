import type { Stripe } from "stripe";
import { expect, test } from "vitest";
import { findStripeFaults } from "#infra/operate/seed/find-stripe-faults.ts";
import { startFixture } from "#test/infra/local/stripe/stripe-fixture.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import type { FreeCourse, PaidCourse } from "#workflow/model.ts";

const { unitAmount, currency, ...unpriced } = paidCourse;
const usd = { currency, unit_amount: unitAmount };
const course = (more: Partial<PaidCourse>): PaidCourse => ({ ...paidCourse, courseId: "SEED-1", ...more });

test("prices and products that fit are compared and well", async () => {
  const { stripe } = await startFixture();
  const product = await stripe.products.create({ name: "A course" });
  const { id: stripePriceId } = await stripe.prices.create({ ...usd, product: product.id });
  const free: FreeCourse = { ...unpriced, pricingModel: "free" };
  const courses = [
    course({ stripePriceId }),
    course({ stripePriceId, stripeProductId: product.id }),
    course({ stripeProductId: product.id }),
    course({}),
    free,
  ];
  expect(await findStripeFaults(courses, stripe)).toEqual({ compared: 3, faults: [] });
});

test("every fault of every course is found, in the order of the courses", async () => {
  const { stripe } = await startFixture();
  const product = await stripe.products.create({ name: "A course" });
  const price = await stripe.prices.create({ ...usd, product: product.id });
  const archivedPrice = await stripe.prices.create({ ...usd, product: product.id, active: false });
  const archived = await stripe.products.create({ name: "Another course" });
  const priceOfArchived = await stripe.prices.create({ ...usd, product: archived.id });
  await stripe.products.update(archived.id, { active: false });

  const { faults } = await findStripeFaults(
    [
      course({ courseId: "AMOUNT", stripePriceId: price.id, unitAmount: 100 }),
      course({ courseId: "CURRENCY", stripePriceId: price.id, currency: "eur" }),
      course({ courseId: "GONE", stripePriceId: "price_none" }),
      course({ courseId: "ELSEWHERE", stripePriceId: price.id, stripeProductId: "prod_other" }),
      course({ courseId: "ARCHIVED", stripePriceId: archivedPrice.id }),
      course({ courseId: "PRODUCT", stripePriceId: priceOfArchived.id, unitAmount: 100 }),
      course({ courseId: "ONLY-PRODUCT", stripeProductId: archived.id }),
      course({ courseId: "NO-PRODUCT", stripeProductId: "prod_none" }),
    ],
    stripe,
  );

  expect(faults).toEqual([
    `AMOUNT: price ${price.id} is 4900 usd, not 100 usd`,
    `CURRENCY: price ${price.id} is 4900 usd, not 4900 eur`,
    "GONE: Stripe knows no price price_none",
    `ELSEWHERE: price ${price.id} belongs to ${product.id}, not prod_other`,
    `ARCHIVED: price ${archivedPrice.id} is archived`,
    `PRODUCT: price ${priceOfArchived.id} is 4900 usd, not 100 usd`,
    `PRODUCT: product ${archived.id} is archived`,
    `ONLY-PRODUCT: product ${archived.id} is archived`,
    "NO-PRODUCT: Stripe knows no product prod_none",
  ]);
});

test("a retired course may name what is archived", async () => {
  const { stripe } = await startFixture();
  const retired = course({ stripePriceId: "price_none", status: "retired" });
  expect(await findStripeFaults([retired], stripe)).toEqual({ compared: 0, faults: [] });
});

test.each<[string, Partial<Stripe.Price>, string]>([
  [
    "another amount abroad",
    {
      currency_options: { usd: {}, eur: {}, gbp: {} } as unknown as Stripe.Price["currency_options"] & object,
    },
    "is another one in eur, gbp",
  ],
  ["a subscription", { type: "recurring" }, "is a subscription's"],
  ["an amount of the student's choice", { unit_amount: null }, "is no fixed amount of usd, not 4900 usd"],
])("a price that the stand-in does not make, %s, is refused", async (_what, more, fault) => {
  const { stripe } = await startFixture();
  const price = await stripe.prices.create({ ...usd, product_data: { name: "A course" } });
  const product = await stripe.products.retrieve(price.product as string);
  stripe.prices.retrieve = async () => ({ ...price, product, ...more, lastResponse: price.lastResponse });
  expect((await findStripeFaults([course({ stripePriceId: price.id })], stripe)).faults).toEqual([
    `SEED-1: price ${price.id} ${fault}`,
  ]);
});

test("what Stripe refuses for another reason is an error, not a fault of the course", async () => {
  const { stripe } = await startFixture();
  stripe.prices.retrieve = async () => {
    throw new Error("Invalid API Key provided");
  };
  await expect(findStripeFaults([course({ stripePriceId: "price_1" })], stripe)).rejects.toThrow("API Key");
});
