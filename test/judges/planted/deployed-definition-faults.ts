/** Faults of the local Step Functions that show in what becomes of the deployed definition. */
import type { PlantedFault } from "./planted-fault.ts";

const judge = "deployed definition";
const definition = "infra/states-language/definition.ts";
const current = `const current = state.Type === "Task" ? { ...state, ...timeoutOf(state) } : state;`;

/** What a state's definition is changed to before the engine has it. */
const changeTask = (fields: string) => ({
  judge,
  file: definition,
  replace: current,
  by: `const current = state.Type === "Task" ? { ...state, ...timeoutOf(state), ${fields} } : state;`,
});

export const DEPLOYED_DEFINITION_FAULTS: PlantedFault[] = [
  {
    fault: "a Task is tried once less than its retrier says",
    ...changeTask(
      "Retry: state.Retry?.map((one) => ({ ...one, MaxAttempts: Math.max(0, one.MaxAttempts - 1) }))",
    ),
  },
  {
    fault: "pauses treble instead of doubling",
    ...changeTask("Retry: state.Retry?.map((one) => ({ ...one, BackoffRate: 3 }))"),
  },
  { fault: "a Catch is ignored", ...changeTask("Catch: undefined") },
  {
    fault: "a Task's time is told by nobody when it is over",
    judge,
    file: "infra/states-language/task-attempts.ts",
    replace: "await record.write([taskTimedOut(task)]);",
    by: "",
  },
  {
    fault: "a redrive is not counted",
    judge,
    file: "infra/local/aws/step-functions/executions.ts",
    replace: "const redriveCount = execution.redriveCount + 1;",
    by: "const redriveCount = execution.redriveCount + 0;",
  },
  {
    fault: "Lambda's throttle has another name",
    judge,
    file: "infra/local/aws/lambda.ts",
    replace: `override name = "Lambda.TooManyRequestsException";`,
    by: `override name = "Lambda.ThrottlingException";`,
  },
  {
    fault: "what a queue refuses is called by the queue's own name",
    judge,
    file: "infra/local/aws/step-functions/task-services.ts",
    replace: `isClassless ? "AmazonSQSException" : name`,
    by: "name",
  },
];
