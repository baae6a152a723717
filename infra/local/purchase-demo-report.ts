/** What the demo has shown, for people. */
import { renderTable } from "#infra/command-line/table.ts";
import type { DemoResult } from "./purchase-demo.ts";

export function describeDemo(result: DemoResult): string {
  const { enrollment, execution } = result;
  const rows = [
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
  ];
  return `\n${renderTable(rows, { compact: true })}\n\nPaid, and enrolled.`;
}
