/** Holes in how long anything is waited for, and in what an execution may be started with. */
import type { Hole } from "./hole.ts";

const client = (title: string) => ({ file: "test/handlers/adapters/aws-client.test.ts", title });
const lastWords = (title: string) => ({ file: "test/handlers/last-words.test.ts", title });

/** As the definition has it: the letter names the ids only when all of them are there. */
const ALL_IDS_THERE = `"Next": "SendToDeadLetterQueue"
        }
      ],
      "Default": "LeaveIdsOut"`;

export const PATIENCE_HOLES: Hole[] = [
  {
    attack: "services: never answer",
    hole: "the SDK only logs that the time is over",
    file: "handlers/adapters/aws-client.ts",
    replace: "throwOnRequestTimeout: true",
    by: "throwOnRequestTimeout: false",
    test: client("each try ends by itself"),
  },
  {
    attack: "services: answers that trickle",
    hole: "a call has no end of its own",
    file: "handlers/adapters/aws-client.ts",
    replace: "await inTime(next(given), milliseconds, dependency)",
    by: 'await Promise.race([next(given), new Promise((resolve) => setTimeout(resolve, 5_000, "late"))])',
    test: client("a call ends whatever comes in the meantime"),
  },
  {
    attack: "services: slow together",
    hole: "a step works until it is cut off",
    file: "handlers/steps.ts",
    replace: "beforeDeadline(step(event), deadline,",
    by: "beforeDeadline(step(event), undefined,",
    test: lastWords("a step whose time runs out"),
  },
  {
    attack: "executions: no payment event",
    hole: "the dead letter asks for ids that an input by hand does not have",
    file: "workflow/enrollment.asl.json",
    replace: ALL_IDS_THERE,
    by: '"Next": "LeaveIdsOut" } ], "Default": "SendToDeadLetterQueue"',
    test: {
      file: "test/infra/local/aws/odd-inputs.test.ts",
      title: "an execution started with a list ends in one dead letter",
    },
  },
];
