import type Stripe from "stripe";
import { expect, test } from "vitest";
import { startFixture } from "./stripe-fixture.ts";

const usd = { currency: "usd", unit_amount: 4900 };
const sell = (item: object) => ({ line_items: [{ quantity: 1, ...item }] });

test("an archived price cannot be sold, and can be again when it is active again", async () => {
  const { createSession, stripe } = await startFixture();
  const price = await stripe.prices.create({ ...usd, product_data: { name: "A course" } });
  expect(await stripe.prices.update(price.id, { active: false })).toMatchObject({ active: false });

  await expect(createSession(sell({ price: price.id }))).rejects.toMatchObject({
    statusCode: 400,
    message: "The price specified is inactive. This field only accepts active prices.",
    param: "line_items[0][price]",
  });

  await stripe.prices.update(price.id, { active: true });
  expect((await createSession(sell({ price: price.id }))).status).toBe("open");
});

test.each<[string, (product: string, price: string) => object, string]>([
  ["a price of the catalogue", (_product, price) => ({ price }), "line_items[0][price]"],
  [
    "a price made in passing",
    (product) => ({ price_data: { ...usd, product } }),
    "line_items[0][price_data][product]",
  ],
])("an archived product cannot be sold by %s", async (_what, itemOf, param) => {
  const { createSession, stripe } = await startFixture();
  const product = await stripe.products.create({ name: "A course" });
  const price = await stripe.prices.create({ ...usd, product: product.id });
  await stripe.products.update(product.id, { active: false });

  const creating = createSession(sell(itemOf(product.id, price.id)));

  await expect(creating).rejects.toMatchObject({
    statusCode: 400,
    param,
    message: expect.stringContaining("is marked as inactive"),
  });
});

test("a product that is not there cannot be sold", async () => {
  const { createSession } = await startFixture();

  const creating = createSession(sell({ price_data: { ...usd, product: "prod_none" } }));

  await expect(creating).rejects.toMatchObject({
    code: "resource_missing",
    param: "line_items[0][price_data][product]",
  });
});

test("a product that a session made in passing is archived from the start", async () => {
  const { createSession, stripe } = await startFixture();

  const session = await createSession({ expand: ["line_items.data.price.product"] });

  const [item] = session.line_items?.data ?? [];
  expect(item?.price?.product).toMatchObject({ name: "A course", active: false });
  expect((await stripe.products.list({ active: true })).data).toEqual([]);
});

test("products and prices are listed by what they are, and tell of their changes", async () => {
  const { deliveredTypes, stripe } = await startFixture();
  const product = await stripe.products.create({ name: "A course" });
  const active = await stripe.prices.create({ ...usd, product: product.id, lookup_key: "course" });
  const archived = await stripe.prices.create({ ...usd, product: product.id, active: false });
  await stripe.products.update(product.id, { name: "The course", metadata: { courseId: "1" } });
  const idsOf = (page: Stripe.ApiList<Stripe.Price>) => page.data.map(({ id }) => id);

  expect(idsOf(await stripe.prices.list({ active: true }))).toEqual([active.id]);
  expect(idsOf(await stripe.prices.list({ active: false }))).toEqual([archived.id]);
  expect(idsOf(await stripe.prices.list({ lookup_keys: ["course"] }))).toEqual([active.id]);
  expect(idsOf(await stripe.prices.list({ product: "prod_other" }))).toEqual([]);
  expect((await stripe.products.list()).data).toMatchObject([
    { name: "The course", metadata: { courseId: "1" } },
  ]);
  await expect.poll(deliveredTypes).toEqual(expect.arrayContaining(["price.created", "product.updated"]));
});
