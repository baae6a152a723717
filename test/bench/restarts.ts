/** Whether a start costs the same with a full store: of each store a copy is kept, and the copies are started in turns. */
import { cp } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { findFreePorts } from "#infra/local/ports.ts";
import {
  createStackPlace,
  type RunningStack,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { summarize } from "./interleave.ts";

/** @returns a place with all that the stack has stored, as killing it would leave it */
export async function copyPlace({ pid, dataDir }: RunningStack): Promise<StackPlace> {
  const place = await createStackPlace();
  // Else its databases may tidy up while they are copied, and the copies of their files belong to different moments.
  process.kill(pid, "SIGSTOP");
  try {
    await cp(dataDir, place.dataDir, { recursive: true });
  } finally {
    process.kill(pid, "SIGCONT");
  }
  return place;
}

/** @returns of each place the median of its starts, in milliseconds */
export async function timeStarts(places: StackPlace[], rounds: number): Promise<number[]> {
  const times: number[][] = places.map(() => []);
  const movedPlaces: StackPlace[] = [];
  // Whoever has opened a connection since a place was made may have been given one of its ports.
  for (const { dataDir } of places) movedPlaces.push({ dataDir, ports: await findFreePorts() });
  for (let round = 0; round < rounds; round += 1)
    for (const [index, place] of movedPlaces.entries()) times[index]?.push(await timeStart(place));
  return times.map((some) => summarize(some).p50);
}

/** @returns from the command until the table and the executions have answered, in milliseconds */
async function timeStart(place: StackPlace): Promise<number> {
  const startedAt = performance.now();
  const stack = await startRunningStack(place);
  try {
    const courses = await fetch(`${stack.clientUrl}/api/courses`);
    if (!courses.ok) throw new Error(`the API answered ${courses.status} after a start`);
    const { sfn } = createStackClients(stack);
    const request = new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, maxResults: 10 });
    const { executions = [] } = await sfn.send(request);
    if (executions.length === 0) throw new Error("no executions are left after a start");
    return performance.now() - startedAt;
  } finally {
    await stack.stop();
  }
}
