/** What the demo has shown, for people. */
import Table from "cli-table3";
import type { DemoResult } from "./purchase-demo.ts";

export function describeDemo(result: DemoResult): string {
  const { enrollment, execution } = result;
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push(
    ["Enrollment", `${enrollment.courseId} for ${enrollment.userId}`],
    ["Type and payment", `${enrollment.enrollmentType}, ${enrollment.paymentStatus}`],
    ["Enrolled at", enrollment.enrolledAt],
    ["Checkout session", enrollment.stripeSessionId ?? ""],
    ["Payment intent", enrollment.stripePaymentIntentId ?? ""],
    ["Stripe customer", result.stripeCustomerId],
    ["Execution", `${execution.name} ${execution.status}`],
    ["Paid to enrolled", `${result.paidToEnrolledMs} ms`],
    ["Declined card", result.decline],
    ["Replayed webhook", `${result.replay.answer}, enrollment unchanged`],
  );
  return `\n${table.toString()}\n\nPaid, and enrolled.\n`;
}
