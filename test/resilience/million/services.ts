/** Stripe and Step Functions on that day: how fast they answer, and how often they may be asked. */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Stripe } from "stripe";
import { ModelGap } from "../simulation/model-gap.ts";
import { type Day, numberOf } from "./day.ts";
import { type ListParams, pageOf } from "./newest-first.ts";

type Call = <T>(latencyMs: number, effect: () => T) => Promise<T>;

const LIST_MS = 200;

export function createStripe(day: Day, call: Call, now: () => number) {
  const counted = { reads: 0, mostInASecond: 0 };
  const lately: number[] = [];

  function count() {
    counted.reads += 1;
    lately.push(now());
    while ((lately[0] ?? 0) <= now() - 1_000) lately.shift();
    counted.mostInASecond = Math.max(counted.mostInASecond, lately.length);
  }
  const list = <T>(read: () => T) => {
    count();
    return call(LIST_MS, read);
  };
  const isOfFulfilment = ({ types = [] }: { types?: string[] }) =>
    types.includes("checkout.session.completed");
  const stripe = {
    events: {
      list: (params: ListParams & { types?: string[] }) =>
        list(() =>
          isOfFulfilment(params) ? pageOf(day.events, params, numberOf) : { data: [], has_more: false },
        ),
    },
    checkout: {
      sessions: {
        list: (params: ListParams) => list(() => pageOf(day.sessions, params, numberOf)),
        retrieve: (id: string) => list(() => day.sessionOf(numberOf(id))),
      },
    },
  };
  return { stripe: stripe as unknown as Stripe, counted };
}

/** The first start of all is refused once. */
export function createStepFunctions(day: Day, call: Call, now: () => number) {
  const startedAt = new Map<number, number>();
  let isRefused = false;

  function start(name: string) {
    const index = numberOf(name);
    if (!day.isLost(index) || startedAt.has(index))
      throw new ExecutionAlreadyExists({ message: name, $metadata: {} });
    if (!isRefused) {
      isRefused = true;
      throw new Error("Rate exceeded");
    }
    startedAt.set(index, now());
    return { startDate: new Date(now()) };
  }
  const answer = (command: unknown) => {
    if (command instanceof StartExecutionCommand) return start(command.input.name ?? "");
    if (command instanceof DescribeExecutionCommand) return { status: "SUCCEEDED" };
    throw new ModelGap(
      `The model of a day's executions does not know ${(command as object).constructor.name}.`,
    );
  };
  const client = { send: (command: object) => call(30, () => answer(command)) } as unknown as SFNClient;
  return { client, startedAt };
}
