/** Keeps calls of Step Functions within a pace, for whoever asks again and again: DescribeExecution's quota is everybody's. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import { createPatientClient } from "./executions.ts";

interface Pace {
  calls: number;
  perMs: number;
}

/** By the command's name. */
type Paces = Record<string, Pace>;

/** The quota is 15 a second for the whole account, and those who deliver purchases need it, too. */
const DESCRIBING: Paces = { DescribeExecutionCommand: { calls: 5, perMs: 1_050 } };

/** Of histories the account has 20 a second and of lists 5, once what is saved up is used; the console needs some. */
const READING: Paces = {
  GetExecutionHistoryCommand: { calls: 15, perMs: 1_050 },
  ListExecutionsCommand: { calls: 3, perMs: 1_050 },
};

export const createPacedClient = (...place: Parameters<typeof createPatientClient>): SFNClient =>
  keepPace(createPatientClient(...place), DESCRIBING);

/** For whoever reads many histories. */
export const createReadingClient = (...place: Parameters<typeof createPatientClient>): SFNClient =>
  keepPace(createPatientClient(...place), READING);

/** Every try is one call, also those that the SDK makes by itself. */
function keepPace(client: SFNClient, paces: Paces): SFNClient {
  const turns = new Map(Object.entries(paces).map(([command, pace]) => [command, createTurns(pace)]));
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (given) => {
        await turns.get(commandName)?.();
        return next(given);
      },
    { step: "finalizeRequest", priority: "low", name: "pace" },
  );
  return client;
}

/** @returns true when one more call is within the pace, for those who come again when it is not */
export function createAllowance({ calls, perMs }: Pace): () => boolean {
  const made: number[] = [];
  return () => {
    const [oldest = 0] = made.length < calls ? [] : made;
    if (oldest + perMs > Date.now()) return false;
    if (made.length === calls) made.shift();
    made.push(Date.now());
    return true;
  };
}

/** @returns waits until one more call is within the pace, in whatever window it is counted; first come, first served */
export function createTurns({ calls, perMs }: Pace): () => Promise<void> {
  /** When the latest calls were made: a timer that fires late must not let two rounds of calls meet. */
  const made: number[] = [];
  let queue = Promise.resolve();

  async function waitForTurn(): Promise<void> {
    const [oldest = 0] = made.length < calls ? [] : made;
    for (let left = oldest + perMs - Date.now(); left > 0; left = oldest + perMs - Date.now())
      await new Promise((resolve) => setTimeout(resolve, left));
    if (made.length === calls) made.shift();
    made.push(Date.now());
  }

  return () => {
    queue = queue.then(waitForTurn);
    return queue;
  };
}
