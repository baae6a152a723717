/** Name and e-mail follow what the sign-in says, here and at the payment provider: a person is one student. */
import type { Student } from "../model.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { StudentStore } from "../ports/stores.ts";

export interface FollowClaimsPorts {
  students: Pick<StudentStore, "ensureStudent" | "updateClaims" | "unlinkCustomer">;
  payments: Pick<PaymentProvider, "updateCustomer">;
  now: () => Date;
  /** Told that the payment provider still has the old ones; the next request tries again. */
  onCustomerBehind: (error: unknown) => void;
}

/** @returns the student as the claims have it, with what else is known */
export async function followClaims(claimed: Student, ports: FollowClaimsPorts): Promise<Student> {
  const standing = await ports.students.ensureStudent(claimed);
  const current: Student = {
    ...standing,
    email: claimed.email || standing.email,
    name: claimed.name || standing.name,
    emailVerified: claimed.email ? claimed.emailVerified : standing.emailVerified,
  };
  if (current.email === standing.email && current.name === standing.name) return standing;

  const at = ports.now().toISOString();
  const { userId, stripeCustomerId, ...rest } = current;
  if (stripeCustomerId) {
    try {
      if (!(await ports.payments.updateCustomer(stripeCustomerId, current))) {
        await ports.students.unlinkCustomer(userId, stripeCustomerId, at);
        await ports.students.updateClaims(current, at);
        return { userId, ...rest };
      }
    } catch (error) {
      // Not stored here either, so that the difference is seen again.
      ports.onCustomerBehind(error);
      return current;
    }
  }
  await ports.students.updateClaims(current, at);
  return current;
}
