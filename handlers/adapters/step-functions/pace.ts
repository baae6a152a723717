/** Keeps calls of Step Functions within a pace, for whoever makes many: the quotas are everybody's. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import { createTurns, type Pace } from "../turns.ts";
import { createPatientClient } from "./executions.ts";

/** By the command's name. */
type Paces = Record<string, Pace>;

/** The quotas are the whole account's, 15 and 300 a second, and those who deliver purchases need them, too. */
const DESCRIBING: Paces = {
  DescribeExecutionCommand: { calls: 5, perMs: 1_050 },
  StartExecutionCommand: { calls: 100, perMs: 1_050 },
};

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
