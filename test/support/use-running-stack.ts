/** One running stack for all tests of a file, stopped and removed after the last. */
import { afterAll, beforeAll } from "vitest";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "./running-stack.ts";
import { createStackClients, type StackClients } from "./stack-clients.ts";

/** @param onRunning told once, before the first test */
export function useRunningStack(onRunning: (stack: RunningStack, clients: StackClients) => void): void {
  let place: StackPlace | undefined;
  let stack: RunningStack | undefined;

  beforeAll(async () => {
    place = await createStackPlace();
    stack = await startRunningStack(place);
    onRunning(stack, createStackClients(stack));
  });

  afterAll(async () => {
    await stack?.stop();
    if (place) await removeStackPlace(place);
  });
}
