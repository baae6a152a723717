/** Which of a Stripe account's sales are ours: others may sell in the same account. */
import type { Stripe } from "stripe";

/**
 * A checkout session bears the deployment's name since there is one; older ones, and those that tools open, are known by
 * their student and course.
 * @param deploymentName e.g. `bursar` or `bursar-staging`
 */
export function isOurs(metadata: Stripe.Metadata | null | undefined, deploymentName: string): boolean {
  const { deployment, userId, courseId } = metadata ?? {};
  if (deployment) return deployment === deploymentName;
  return Boolean(userId && courseId);
}
