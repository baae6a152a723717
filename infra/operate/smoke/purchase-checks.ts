/**
 * A purchase through a running deployment.
 *
 * Where a stand-in plays Stripe, it is paid for. Stripe's own form can only be filled in by a person, so there the
 * checkout is opened, compared with the catalogue and closed again, which makes Stripe deliver an event: that it is
 * delivered shows that address, signing secret, webhook and state machine fit together.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Stripe } from "stripe";
import {
  type CourseSummary,
  checkoutStatusAnswerSchema,
  enrollAnswerSchema,
  enrollmentsAnswerSchema,
} from "#workflow/contract.ts";
import { formatMoney } from "#workflow/money.ts";
import { type Check, expectSame } from "./check.ts";
import { listCourses, type Site } from "./site.ts";

interface PurchaseSettings {
  site: Site;
  /** A student's access token. */
  token: string;
  stripe: Stripe;
  /** What to buy; undefined: the first paid course that the student lacks. */
  courseId: string | undefined;
  /** Where Stripe is played; undefined: Stripe itself. */
  standInUrl: string | undefined;
}

type PaidSummary = Extract<CourseSummary, { pricingModel: "paid" }>;

interface OpenPurchase {
  course: PaidSummary;
  checkoutSessionId: string;
  clientSecret: string;
}

const POLL_MS = 250;
const PATIENCE_MS = 60_000;

export function purchaseChecks(settings: PurchaseSettings): Check[] {
  let opened: OpenPurchase | undefined;
  const purchase = () => {
    if (opened) return opened;
    throw new Error("there is no checkout to go on with");
  };
  const end: Check = settings.standInUrl
    ? {
        name: "what is paid for is delivered",
        run: async () => pay(settings, settings.standInUrl ?? "", purchase()),
      }
    : { name: "Stripe's events arrive", run: async () => close(settings, purchase()) };
  return [
    {
      name: "a checkout can be opened",
      run: async () => {
        opened = await open(settings);
        return `${opened.checkoutSessionId} for ${opened.course.courseId}`;
      },
    },
    {
      name: "Stripe asks for the catalogue's price",
      run: async () => compareWithStripe(settings, purchase()),
    },
    end,
  ];
}

const asStudent = ({ token }: PurchaseSettings, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
});

async function open(settings: PurchaseSettings): Promise<OpenPurchase> {
  const { site } = settings;
  const course = await chooseCourse(settings);
  const body = JSON.stringify({ courseId: course.courseId });
  const answer = await site.ask(
    enrollAnswerSchema,
    "/api/enrollments",
    asStudent(settings, { method: "POST", body }),
  );
  if (answer.status !== "pending") throw new Error(`${course.courseId} was given away without a payment`);
  const { checkoutSessionId, clientSecret } = answer;
  return { course, checkoutSessionId, clientSecret };
}

async function chooseCourse(settings: PurchaseSettings): Promise<PaidSummary> {
  const { site, courseId: wanted } = settings;
  const { enrollments } = await site.ask(enrollmentsAnswerSchema, "/api/enrollments", asStudent(settings));
  const owned = enrollments.map(({ courseId }) => courseId);
  for await (const course of listCourses(site)) {
    const { courseId, pricingModel } = course;
    if (pricingModel === "paid" && !owned.includes(courseId) && (!wanted || courseId === wanted))
      return course;
  }
  throw new Error(`there is no paid course ${wanted ?? ""} that this student lacks`.replace("  ", " "));
}

async function compareWithStripe(
  { stripe }: PurchaseSettings,
  { course, checkoutSessionId }: OpenPurchase,
): Promise<string> {
  const session = await stripe.checkout.sessions.retrieve(checkoutSessionId);
  expectSame("the amount", session.amount_subtotal, course.unitAmount);
  expectSame("the currency", session.currency, course.currency);
  expectSame("the course in the metadata", session.metadata?.["courseId"], course.courseId);
  return formatMoney(course.unitAmount, course.currency);
}

async function pay(
  settings: PurchaseSettings,
  standInUrl: string,
  { checkoutSessionId, clientSecret }: OpenPurchase,
): Promise<string> {
  const confirm = new URL(`/checkout/sessions/${checkoutSessionId}/confirm`, standInUrl);
  const response = await fetch(confirm, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      clientSecret,
      email: "smoke@example.com",
      // For what a deployment's form may ask besides.
      address: { country: "DE", line1: "Street 1", city: "Berlin", postal_code: "10117" },
      agreesToTerms: true,
      paymentMethod: { type: "card", number: "4242424242424242", expiry: "12/34", cvc: "123" },
    }),
  });
  expectSame("the form's status", response.status, 200);
  const path = `/api/checkout/session/${checkoutSessionId}`;
  const stage = await untilSettled(async () => {
    const { stage } = await settings.site.ask(checkoutStatusAnswerSchema, path, asStudent(settings));
    return stage === "enrolled" || stage === "needs_attention" ? stage : undefined;
  });
  expectSame("the purchase's stage", stage, "enrolled");
  return "paid and enrolled";
}

async function close({ stripe }: PurchaseSettings, { checkoutSessionId }: OpenPurchase): Promise<string> {
  await stripe.checkout.sessions.expire(checkoutSessionId);
  const eventId = await untilSettled(async () => {
    const expired = await stripe.events.list({ type: "checkout.session.expired", limit: 20 });
    const event = expired.data.find(
      ({ data }) => "id" in data.object && data.object.id === checkoutSessionId,
    );
    return event?.pending_webhooks === 0 ? event.id : undefined;
  });
  if (!eventId)
    throw new Error("Stripe's event is still not delivered; look at the endpoint in Stripe's dashboard");
  return `${eventId} was delivered; the payment itself only a person can make: 4242 4242 4242 4242`;
}

/** @returns undefined when patience has run out */
async function untilSettled<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined || Date.now() > deadline) return found;
    await pause(POLL_MS);
  }
}
