/** The operator: reads the dead letters now and then, redrives, and deletes a letter only once its purchase is done. */
import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import type { Deployment } from "./deployment.ts";
import { DEAD_LETTER_QUEUE, type Message } from "./queues.ts";
import type { Random } from "./random.ts";
import { nameOfExecution } from "./step-functions.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const ROUNDS = [0.4 * DAY, 2 * DAY, 6 * DAY, 13 * DAY, 25 * DAY];

export async function operate(deployment: Deployment, random: Random): Promise<void> {
  for (const at of ROUNDS) {
    await deployment.agenda.sleep(at * random.between(0.2, 0.6));
    const letters = deployment.queues.messages(DEAD_LETTER_QUEUE);
    // Some are left for another day.
    await Promise.all(letters.filter(() => random.chance(0.8)).map((letter) => workOff(letter, deployment)));
  }
}

async function workOff(letter: Message, deployment: Deployment): Promise<void> {
  const { executionArn } = JSON.parse(letter.body) as { executionArn?: string };
  // What the overflow queue gave up on has no execution; it is sent again from Stripe's dashboard.
  if (!executionArn) return;
  await deployment.processes.start("operator", (process) =>
    process.call("states", RedriveExecutionCommand.name, () =>
      deployment.states.handle(new RedriveExecutionCommand({ executionArn })),
    ),
  );
  const readStatus = () => deployment.states.find(nameOfExecution(executionArn))?.status;
  while (readStatus() === "RUNNING") await deployment.agenda.sleep(10_000);
  if (readStatus() === "SUCCEEDED") deployment.queues.remove(DEAD_LETTER_QUEUE, letter.messageId);
}
