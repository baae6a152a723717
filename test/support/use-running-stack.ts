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

/** @param onRunning told once, before the first test */
export function useRunningStack(onRunning: (stack: RunningStack, clients: StackClients) => void): void {
  let place: StackPlace | undefined;
  let stack: RunningStack | undefined;

  beforeAll(async () => {
    place = await createStackPlace();
    stack = await (isCounting ? startStackHere(place) : startRunningStack(place));
    onRunning(stack, createStackClients(stack));
  });

  afterAll(async () => {
    await stack?.stop();
    if (place) await removeStackPlace(place);
  });
}
