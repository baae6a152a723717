/** One running stack for all tests of a file, stopped and removed after the last. */
import { afterAll, beforeAll } from "vitest";
import { isCounting } from "../coverage.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "./running-stack.ts";
import { createStackClients, type StackClients } from "./stack-clients.ts";
import { startStackHere } from "./start-stack-here.ts";

/**
 * @param env what the stack is told besides, as `npm start` is
 * @returns what is filled once the stack runs, before the first test and the file's own beforeAll
 */
export function useRunningStack(env: Record<string, string> = {}): {
  stack: RunningStack;
  clients: StackClients;
} {
  const stack = {} as RunningStack;
  const clients = {} as StackClients;
  let place: StackPlace | undefined;

  beforeAll(async () => {
    place = await createStackPlace();
    Object.assign(stack, await (isCounting ? startStackHere(place, env) : startRunningStack(place, { env })));
    Object.assign(clients, createStackClients(stack));
  });

  afterAll(async () => {
    await stack.stop?.();
    if (place) await removeStackPlace(place);
  });

  return { stack, clients };
}
