/** A day of purchases, none of which is kept: each is made from its number, whenever somebody asks for it. */
import { type NewestFirst, pad } from "./newest-first.ts";

export const DAY_START = Date.parse("2026-11-26T00:00:00.000Z") / 1000;
const DAY_SECONDS = 24 * 60 * 60;
export const COURSES = 64;
/** Between opening the form and paying. */
const FORM_SECONDS = 120;
/** Of so many one is never started by a webhook. */
const LOST_EVERY = 1_000;
const FIRST_LOST = 7;

export type Day = ReturnType<typeof createDay>;

/** Instants are seconds since 1970. */
export function createDay(purchases: number) {
  const paidAt = (index: number) => DAY_START + Math.floor((index * DAY_SECONDS) / purchases);
  const firstFrom = (instant: number) =>
    Math.min(purchases, Math.max(0, Math.ceil(((instant - DAY_START) * purchases) / DAY_SECONDS)));
  const unreadable = Math.floor(purchases / 2);

  function sessionOf(index: number) {
    const id = `cs_live_${pad(index, 58)}`;
    const student = studentOf(index);
    return {
      id,
      object: "checkout.session",
      created: paidAt(index) - FORM_SECONDS,
      expires_at: paidAt(index) + DAY_SECONDS,
      livemode: true,
      status: "complete",
      payment_status: "paid",
      amount_subtotal: 4900,
      amount_total: 4900,
      currency: "usd",
      client_reference_id: student,
      customer: `cus_${pad(index, 14)}`,
      customer_details: { email: `${student}@example.com`, name: student, address: null, phone: null },
      metadata: { deployment: "bursar", userId: student, courseId: courseOf(index), courseName: "A course" },
      payment_intent: `pi_${pad(index, 24)}`,
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    };
  }

  const eventOf = (index: number) => ({
    id: `evt_${pad(index, 24)}`,
    object: "event",
    type: "checkout.session.completed",
    created: paidAt(index),
    livemode: true,
    // One that nobody can read must stop nobody else.
    data: { object: index === unreadable ? { ...sessionOf(index), payment_status: "?" } : sessionOf(index) },
  });

  return {
    purchases,
    paidAt,
    sessionOf,
    unreadable: eventOf(unreadable).id,
    /** Of all but these the webhook has started the execution. */
    isLost: (index: number) => index % LOST_EVERY === FIRST_LOST,
    lost: () => Math.ceil((purchases - FIRST_LOST) / LOST_EVERY),
    events: { firstFrom, make: eventOf } satisfies NewestFirst<unknown>,
    sessions: {
      firstFrom: (instant: number) => firstFrom(instant + FORM_SECONDS),
      make: sessionOf,
    } satisfies NewestFirst<unknown>,
    /** Purchases of a course that were paid from an instant on and before another. */
    *ofCourse(courseId: string, since: number, until: number): Generator<number> {
      const number = Number(courseId.slice("COURSE-".length));
      const first = firstFrom(since);
      for (
        let index = first + ((((number - first) % COURSES) + COURSES) % COURSES);
        index < firstFrom(until);
        index += COURSES
      )
        yield index;
    },
  };
}

export const courseOf = (index: number) => `COURSE-${index % COURSES}`;
const studentOf = (index: number) => `student-${pad(index, 12)}`;
/** Of an id or a name that one of these has made. */
export const numberOf = (id: string) => Number(/(\d+)$/.exec(id)?.[1]);
