/** What a game day breaks things with, and what its operator mends them with. */
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import type { Fault, FaultKind } from "#infra/operate/records/shapes.ts";
import { DEPLOYMENT_NAME, NAMES } from "../names.ts";
import type { OwnStack } from "../own-stack.ts";
import { createStandInClient, findCompletedEvent, resendEvent } from "../stand-in-control.ts";
import { CARDS } from "../stripe/checkout/test-numbers.ts";
import { createStripeControl } from "../stripe/control/client.ts";
import { type StudentSession, signIn } from "../student-session.ts";
import { createOperator } from "./operator.ts";
import { DidNotHappen, waitFor } from "./wait-for.ts";

export const COURSE_ID = "TEST-COURSE-003";
const PATIENCE_MS = 30_000;

export type Tools = ReturnType<typeof createTools>;

type FunctionName = keyof typeof NAMES.functions;

/** Handlers read their environment when they are loaded, and the stack has set it by then. */
export function createTools(stack: OwnStack, table: Table) {
  const { setFaults } = createAwsFaults(stack.awsUrl);
  const stripe = createStripeControl(stack.stripeUrl);
  const targetOf = (name: FunctionName) => `Lambda.${NAMES.functions[name]}`;
  const functionFault = (kind: FaultKind, functions: FunctionName[], delayMs?: number): Fault[] =>
    functions.map((name) => ({ target: targetOf(name), kind, delayMs }));

  async function openCheckout(student: StudentSession, courseId = COURSE_ID) {
    const checkout = await student.enroll(courseId);
    if (checkout.status !== "pending") throw new Error(`${courseId} should ask for a payment.`);
    const { checkoutSessionId, clientSecret } = checkout;
    return {
      checkoutSessionId,
      async pay() {
        const { status } = await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
        if (status !== "complete") throw new DidNotHappen(`the payment is ${status}`);
        return checkoutSessionId;
      },
    };
  }

  const buy = async (student: StudentSession) => (await openCheckout(student)).pay();

  /** @returns since when */
  const waitForEnrollment = (student: StudentSession, checkoutSessionId: string, patienceMs = PATIENCE_MS) =>
    waitFor("the enrollment", patienceMs, async () => {
      const { enrollment } = await student.checkEnrollment(COURSE_ID);
      return enrollment?.stripeSessionId === checkoutSessionId ? enrollment.enrolledAt : undefined;
    });

  return {
    stack,
    table,
    stripe,
    operator: createOperator(stack),

    targetOf,
    refuse: (...targets: string[]) => setFaults(targets.map((target) => ({ target, kind: "refuse" }))),
    breakFunctions: (...functions: FunctionName[]) => setFaults(functionFault("refuse", functions)),
    throttleFunctions: (...functions: FunctionName[]) => setFaults(functionFault("throttle", functions)),
    delayFunction: (name: FunctionName, delayMs: number) =>
      setFaults(functionFault("delay", [name], delayMs)),
    mend: () => setFaults([]),

    newStudent: async (name: string): Promise<StudentSession> => {
      const student = await signIn(`game-day-${name}@example.com`, stack);
      await student.readStudent();
      return student;
    },
    openCheckout,
    buy,
    waitForEnrollment,
    async enrollByPaying(student: StudentSession): Promise<string> {
      const checkoutSessionId = await buy(student);
      await waitForEnrollment(student, checkoutSessionId);
      return checkoutSessionId;
    },

    /** A second form for the same course, as an older version or a tool would open it, and its payment. */
    async payElsewhere(student: StudentSession): Promise<string> {
      const { userId } = await student.readStudent();
      const { id, client_secret } = await createStandInClient(stack.stripeUrl).checkout.sessions.create({
        mode: "payment",
        ui_mode: "embedded_page",
        return_url: `${stack.clientUrl}/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
        line_items: [
          {
            quantity: 1,
            price_data: { currency: "usd", unit_amount: 4900, product_data: { name: "Again" } },
          },
        ],
        client_reference_id: userId,
        metadata: { userId, courseId: COURSE_ID, deployment: DEPLOYMENT_NAME },
      });
      await student.payByCard(id, client_secret ?? "", CARDS.good);
      return id;
    },

    /** As "Resend" in Stripe's dashboard. */
    async resend(checkoutSessionId: string): Promise<void> {
      const event = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
      await resendEvent(stack.stripeUrl, event.id);
    },

    /** To the API, as anybody may; answers are looked at by nobody. */
    async callOften(times: number, path: string, init: RequestInit = {}): Promise<void> {
      await Promise.all(
        Array.from({ length: times }, async () => (await fetch(`${stack.clientUrl}${path}`, init)).text()),
      );
    },
  };
}
