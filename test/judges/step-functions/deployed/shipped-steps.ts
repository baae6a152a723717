/** The shipped handlers of the Task states, over stores in memory. */
import { mapSteps, type StepState } from "#infra/deployment/steps.ts";
import { handlerEnvironment } from "#test/support/handler-environment.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { NOON, openPurchase } from "#test/support/purchases.ts";

export type ShippedSteps = Record<StepState, (payload: unknown) => Promise<unknown>>;

/**
 * Ada was quoted the paid course in `cs_test_1`, and has nothing yet.
 *
 * @param arrange what is otherwise in this scenario
 */
export async function createShippedSteps(
  arrange: (stores: InMemoryStores) => void = () => undefined,
): Promise<ShippedSteps> {
  // Handlers read their environment when they are loaded.
  Object.assign(process.env, handlerEnvironment);
  const { createSteps } = await import("#handlers/steps.ts");
  const stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
  await stores.openPurchase(openPurchase());
  arrange(stores);
  const steps = createSteps({
    courses: stores,
    students: stores,
    enrollments: stores,
    openCheckouts: stores,
    purchases: stores,
    payments: { expireCheckout: async () => undefined },
    now: () => new Date(NOON),
  });
  return mapSteps(
    ({ handler }) =>
      (payload: unknown) =>
        steps[handler](payload),
  );
}
