/** Faults of the local Step Functions' API. */
import type { PlantedFault } from "./planted-fault.ts";

const judge = "operations";

export const OPERATIONS_FAULTS: PlantedFault[] = [
  {
    fault: "the token of a listing's next page is one execution off",
    judge,
    file: "infra/local/aws/step-functions/execution-store.ts",
    replace: "next: items.at(-1)?.startOrder",
    by: "next: items.at(-2)?.startOrder",
  },
  {
    fault: "a name is taken for the same execution whatever the input",
    judge,
    file: "infra/local/aws/step-functions/executions.ts",
    replace: ` && existing.input === input`,
    by: "",
  },
  {
    fault: "an execution that there is not has another error",
    judge,
    file: "infra/local/aws/step-functions/identity.ts",
    replace: `new ServiceError("ExecutionDoesNotExist"`,
    by: `new ServiceError("ResourceNotFound"`,
  },
  {
    fault: "a filter that nobody knows lets everything through",
    judge,
    file: "infra/local/aws/step-functions/constraints.ts",
    replace: "value !== undefined && known === undefined",
    by: "false",
  },
  {
    fault: "a history is told in its own order when it is asked for in the other",
    judge,
    file: "infra/local/aws/step-functions/operations.ts",
    replace: "input.reverseOrder === true",
    by: "false",
  },
  {
    fault: "the number of a deleted version is given again",
    judge,
    file: "infra/local/aws/step-functions/releases/releases.ts",
    replace: "state.lastVersion += 1;",
    by: "state.lastVersion = state.versions.length + 1;",
  },
  {
    fault: "an alias may lead nowhere with some of its weight",
    judge,
    file: "infra/local/aws/step-functions/releases/routing.ts",
    replace: "(sum, weight) => sum + weight, 0) !== 100",
    by: "(sum, weight) => sum + weight, 0) > 100",
  },
];
