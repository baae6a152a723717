/** What AWS makes of the handlers: how a function is run, how the overflow queue reaches its consumer, what is limited. */
import type { Agenda } from "./agenda.ts";
import type { Ports } from "./deployment.ts";
import type { createProcesses, Process, ProcessEnd } from "./process.ts";
import type { Message } from "./queues.ts";
import type { createTableModel } from "./table.ts";

/**
 * @param make what is loaded once for each process, or for several runs of one
 * @throws what whoever invokes it hears when it is not even begun
 */
export type RunFunction = <Input, Output>(
  name: string,
  make: (ports: Ports) => (input: Input) => Promise<Output>,
  input: Input,
) => Promise<ProcessEnd<Output>>;

export interface OverflowSource {
  agenda: Agenda;
  receive(): Message[];
  consume(messages: Message[]): Promise<void>;
}

export interface Platform {
  /** Requests of students are counted in the table, as they are on AWS: here a count decides nothing about a purchase. */
  countsRequests?: boolean;
  /** Makes the ids of checkout sessions as long as Stripe's. */
  idTail?: string;
  table?: Parameters<typeof createTableModel>[2];
  /** Told of each state that is entered; a Task state does nothing before what it gives is over. */
  enterState?: (name: string) => Promise<void> | undefined;
  createFunctions(
    processes: ReturnType<typeof createProcesses>,
    portsOf: (functionName: string, process: Process) => Ports,
  ): RunFunction;
  /** @returns what is told the delay after which there is something to receive */
  createOverflowSource(source: OverflowSource): (delayMs: number) => void;
}

/** Each run is a process of its own, and there is always room for one more. */
export const LIMITLESS: Platform = {
  createFunctions: (processes, portsOf) => (name, make, input) =>
    processes.start(name, async (process) => make(portsOf(name, process))(input)),

  createOverflowSource: ({ agenda, receive, consume }) => {
    const poll = () => {
      const messages = receive();
      if (messages.length > 0) void consume(messages);
    };
    return (delayMs) => agenda.after(delayMs + 1, poll);
  },
};
