/** Whether Stripe would charge what the catalogue says. A wrong price would take money and then refuse the enrollment. */
import type { Stripe } from "stripe";
import { unlessMissing } from "#handlers/adapters/stripe/errors.ts";
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import type { Course, PaidCourse } from "#workflow/model.ts";

interface StripeComparison {
  /** How many courses name a price or product of Stripe's. */
  compared: number;
  faults: string[];
}

type NamedCourse = PaidCourse & { index: number };

/** Those for sale that name a price or a product are compared with it. */
export async function findStripeFaults(courses: Course[], stripe: Stripe): Promise<StripeComparison> {
  const named = courses.filter(isForSale).map((course, index): NamedCourse => ({ ...course, index }));
  const found = await mapConcurrently(named, async (course) => ({
    index: course.index,
    faults: (await faultsOf(course, stripe)).map((fault) => `${course.courseId}: ${fault}`),
  }));
  const inOrder = found.toSorted((one, other) => one.index - other.index);
  return { compared: named.length, faults: inOrder.flatMap(({ faults }) => faults) };
}

function isForSale(course: Course): course is PaidCourse {
  if (course.pricingModel !== "paid" || course.status === "retired") return false;
  return Boolean(course.stripePriceId ?? course.stripeProductId);
}

async function faultsOf(course: PaidCourse, stripe: Stripe): Promise<string[]> {
  const { stripePriceId, stripeProductId = "" } = course;
  if (stripePriceId) return faultsOfPrice(course, stripePriceId, stripe);
  const product = await unlessMissing(stripe.products.retrieve(stripeProductId));
  return product ? faultsOfProduct(product) : [`Stripe knows no product ${stripeProductId}`];
}

async function faultsOfPrice(course: PaidCourse, priceId: string, stripe: Stripe): Promise<string[]> {
  const { unitAmount, currency, stripeProductId } = course;
  const expand = ["product", "currency_options"];
  const price = await unlessMissing(stripe.prices.retrieve(priceId, { expand }));
  if (!price) return [`Stripe knows no price ${priceId}`];
  const product = price.product as Stripe.Product | Stripe.DeletedProduct;
  // With those, a student abroad would be asked for another amount than the catalogue's.
  const otherCurrencies = Object.keys(price.currency_options ?? {}).filter((code) => code !== price.currency);
  const faults: (string | false)[] = [
    !price.active && "is archived",
    price.type !== "one_time" && "is a subscription's",
    (price.unit_amount !== unitAmount || price.currency !== currency) &&
      `is ${price.unit_amount ?? "no fixed amount of"} ${price.currency}, not ${unitAmount} ${currency}`,
    otherCurrencies.length > 0 && `is another one in ${otherCurrencies.join(", ")}`,
    stripeProductId !== undefined &&
      product.id !== stripeProductId &&
      `belongs to ${product.id}, not ${stripeProductId}`,
  ];
  return [
    ...faults.filter((fault) => fault !== false).map((fault) => `price ${priceId} ${fault}`),
    ...faultsOfProduct(product),
  ];
}

function faultsOfProduct(product: Stripe.Product | Stripe.DeletedProduct): string[] {
  if (product.deleted) return [`product ${product.id} is deleted`];
  return product.active ? [] : [`product ${product.id} is archived`];
}
