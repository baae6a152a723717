/** Somebody tries the state machine out in the console, with whatever comes to their mind. */
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { NO_PAYMENT_EVENTS } from "#test/support/no-payment-events.ts";
import type { Place } from "./purchase.ts";

const HOUR = 60 * 60 * 1000;
const TIMES = 3;

export async function startByHand({ deployment: { agenda, states }, random }: Place): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) {
    await agenda.sleep(random.between(0, 5 * HOUR));
    const [, input] = random.pick(NO_PAYMENT_EVENTS);
    states.handle(
      new StartExecutionCommand({
        stateMachineArn: STATE_MACHINE_ARN,
        name: `by-hand-${time}`,
        input: JSON.stringify(input),
      }),
    );
  }
}
