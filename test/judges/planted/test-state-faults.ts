/** Faults of the local TestState. */
import type { PlantedFault } from "./planted-fault.ts";

const judge = "test state";
const folder = "infra/local/aws/step-functions/test-state";

export const TEST_STATE_FAULTS: PlantedFault[] = [
  {
    fault: "a retrier is used once more than it says",
    judge,
    file: `${folder}/error-handling.ts`,
    replace: "retryCount < (retrier.MaxAttempts ?? 3)",
    by: "retryCount <= (retrier.MaxAttempts ?? 3)",
  },
  {
    fault: "the pause before a retry does not grow",
    judge,
    file: `${folder}/error-handling.ts`,
    replace: "IntervalSeconds * BackoffRate ** retryCount",
    by: "IntervalSeconds",
  },
  {
    fault: "a mock of the wrong type is believed",
    judge,
    file: `${folder}/mock.ts`,
    replace: "typeof value !== type",
    by: "typeof value === type",
  },
  {
    fault: "where a result is put is not inspected",
    judge,
    file: `${folder}/inspect.ts`,
    replace: "pass(defined({ Result: result, ResultPath }), input)",
    by: "pass(defined({ Result: result }), input)",
  },
];
