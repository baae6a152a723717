/** Faults of the local Step Functions. */
import type { PlantedFault } from "./planted-fault.ts";

export const STEP_FUNCTIONS_FAULTS: PlantedFault[] = [
  {
    fault: "a test that is to be false is taken at load and chooses wrongly",
    judge: "choice rules",
    file: "infra/states-language/supported-language.ts",
    replace: "const [negated] = NEGATED_TEST.exec(text) ?? [];",
    by: "const [negated]: string[] = [];",
  },
  {
    fault: "a history lacks TaskStarted",
    judge: "histories",
    file: "infra/states-language/task-attempts.ts",
    replace: "[scheduled, taskStarted(task)]",
    by: "[scheduled]",
  },
  {
    fault: "a caught timeout keeps the engine's own cause",
    judge: "histories",
    file: "infra/states-language/timeout-cause.ts",
    replace: `error["Cause"] = "";`,
    by: `error["Cause"] += "";`,
  },
  {
    fault: "an error that was recorded is answered as if all were well",
    judge: "replays",
    file: "infra/operate/replay/tape.ts",
    replace: 'if (outcome.kind === "failed") throw new TaskError(outcome.error, outcome.cause);',
    by: 'if (outcome.kind === "failed") return {};',
  },
];
