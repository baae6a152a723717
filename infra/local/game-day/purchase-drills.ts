/** What happens on a game day around purchases that are over, or never come to be: refunds, disputes, second payments. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { deleteItem, keys, putItem } from "#handlers/adapters/dynamodb/table.ts";
import { seededCourse } from "../seeded-courses.ts";
import { createStandInClient } from "../stand-in-control.ts";
import type { StudentSession } from "../student-session.ts";
import type { Drill } from "./game-day.ts";
import { COURSE_ID, type Tools } from "./tools.ts";
import { waitFor } from "./wait-for.ts";

const PATIENCE_MS = 30_000;
const BROKEN_COURSE_ID = "TEST-COURSE-BROKEN";

export function createPurchaseDrills({ operator, stripe, table, stack, ...tools }: Tools): Drill[] {
  /** Of the drill that is under way; one begins when the one before is over. */
  let student: StudentSession;
  let checkoutSessionId = "";
  let others: string[] = [];

  const enrollNewStudent = (name: string) => async () => {
    student = await tools.newStudent(name);
    checkoutSessionId = await tools.enrollByPaying(student);
  };
  const userId = async () => (await student.readStudent()).userId;
  const decide = async (kind: "withdrawn" | "waived") =>
    operator.decide(kind, checkoutSessionId, await userId());
  const findLetter = (id: string) => waitFor("a letter", PATIENCE_MS, () => operator.findLetter(id));
  const unreadableItem = async () => keys.enrollment(await userId(), BROKEN_COURSE_ID);

  async function offerArchivedPrice(): Promise<void> {
    const { prices, products } = createStandInClient(stack.stripeUrl);
    const product = await products.create({ name: "Archived" });
    const price = await prices.create({ currency: "usd", unit_amount: 4900, product: product.id });
    await products.update(product.id, { active: false });
    const course = { ...seededCourse(COURSE_ID), courseId: BROKEN_COURSE_ID, stripePriceId: price.id };
    await putItem(table, courseItem(course));
    await (await tools.newStudent("archived")).enroll(BROKEN_COURSE_ID).catch(() => undefined);
  }

  /** Two forms are open when the course goes; what is paid first is the letter that nobody has mended. */
  let payTheOther: () => Promise<unknown>;
  async function leaveLetter(): Promise<void> {
    const students = [await tools.newStudent("letter-one"), await tools.newStudent("letter-two")];
    const payments = await Promise.all(students.map((one) => tools.openCheckout(one)));
    await deleteItem(table, keys.course(COURSE_ID));
    others = payments.map((payment) => payment.checkoutSessionId);
    await payments[0]?.pay();
    await findLetter(others[0] ?? "");
    payTheOther = async () => payments[1]?.pay();
  }
  async function mendLetters(): Promise<void> {
    await putItem(table, courseItem(seededCourse(COURSE_ID)));
    for (const id of others) {
      await findLetter(id);
      await operator.redrive(id);
    }
  }

  return [
    {
      name: "second-letter",
      breaks: "A second purchase fails while the letter of the first still waits",
      alarms: ["NewDeadLetters"],
      prepare: leaveLetter,
      breakIt: () => payTheOther(),
      mendIt: mendLetters,
    },
    {
      name: "paid-twice",
      breaks: "A student pays a second time for the same course",
      alarms: ["DoublePayment"],
      prepare: enrollNewStudent("paid-twice"),
      async breakIt() {
        others = [await tools.payElsewhere(student)];
      },
      async mendIt() {
        const [second = ""] = others;
        await findLetter(second);
        await stripe.refund(second);
        await operator.close(second, await userId());
      },
    },
    {
      name: "refunded",
      breaks: "A payment is refunded in Stripe's dashboard",
      alarms: ["RefundsNoticed"],
      prepare: enrollNewStudent("refunded"),
      breakIt: () => stripe.refund(checkoutSessionId),
      mendIt: () => decide("withdrawn"),
    },
    {
      name: "disputed",
      breaks: "A student's bank asks for the money back",
      alarms: ["DisputesNoticed"],
      prepare: enrollNewStudent("disputed"),
      breakIt: () => stripe.openDispute(checkoutSessionId),
      mendIt: () => decide("waived"),
    },
    {
      name: "price-archived",
      breaks: "The price of a course that is in the catalogue is archived at Stripe",
      alarms: ["CheckoutsRefused"],
      breakIt: offerArchivedPrice,
      mendIt: () => deleteItem(table, keys.course(BROKEN_COURSE_ID)),
    },
    {
      name: "unreadable-item",
      breaks: "Somebody writes an enrollment that is none into the table",
      alarms: ["UnreadableRecords"],
      async breakIt() {
        student = await tools.newStudent("unreadable");
        await putItem(table, { ...(await unreadableItem()), enrollmentType: "gift" });
        await student.callApi("GET", "/api/enrollments");
      },
      mendIt: async () => deleteItem(table, await unreadableItem()),
    },
    {
      name: "deliveries-lost",
      breaks: "Stripe delivers nothing, and the hourly reconciliation starts what was paid",
      alarms: ["LostDeliveries"],
      async breakIt() {
        student = await tools.newStudent("unheard");
        await stripe.turnKnobs({ dropDeliveries: true });
        checkoutSessionId = await tools.buy(student);
        await operator.sweepLater();
      },
      async mendIt() {
        await stripe.turnKnobs({ dropDeliveries: false });
        await tools.waitForEnrollment(student, checkoutSessionId);
      },
    },
  ];
}
