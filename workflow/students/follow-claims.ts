/** Name and e-mail follow what the sign-in says, here and at the payment provider: a person is one student. */
import type { Student } from "../model.ts";
import { CheckoutRefused, type PaymentProvider } from "../ports/payments.ts";
import type { StudentStore } from "../ports/stores.ts";

export interface FollowClaimsPorts {
  students: Pick<StudentStore, "ensureStudent" | "updateClaims" | "unlinkCustomer">;
  payments: Pick<PaymentProvider, "updateCustomer">;
  now: () => Date;
  /** Told that the payment provider still has the old ones; unless it refuses the new ones, the next request tries again. */
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
  const isCalledTheSame = current.email === standing.email && current.name === standing.name;
  if (isCalledTheSame && current.emailVerified === standing.emailVerified) return standing;

  const at = ports.now().toISOString();
  const { userId, stripeCustomerId, ...rest } = current;
  if (stripeCustomerId && !isCalledTheSame) {
    try {
      if (!(await ports.payments.updateCustomer(stripeCustomerId, current))) {
        await ports.students.unlinkCustomer(userId, stripeCustomerId, at);
        await ports.students.updateClaims(current, at);
        return { userId, ...rest };
      }
    } catch (error) {
      ports.onCustomerBehind(error);
      // Not stored here either, so that the difference is seen again; what is refused once would be refused again.
      if (!(error instanceof CheckoutRefused)) return current;
    }
  }
  await ports.students.updateClaims(current, at);
  return current;
}
