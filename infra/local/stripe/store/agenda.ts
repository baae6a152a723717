/** Tasks with a due time that survive a crash: what must still be delivered, settled or expired. */

import type { Database, Write } from "../../storage/database.ts";
import { createId } from "../ids.ts";

interface Agenda {
  /** Looks for due tasks now; needed only when `isPaused` has changed. */
  wake: () => void;
  /** Starts no further task and waits for the running ones. */
  close(): Promise<void>;
}

interface AgendaOptions<Task> {
  database: Database;
  name: string;
  /**
   * Does the task and commits `done` together with its effects. A task that throws is tried again after a second.
   */
  run: (task: Task, done: Write) => Promise<void>;
  atOnce: number;
  isPaused?: () => boolean;
}

const DUE_DIGITS = 15;
const LONGEST_SLEEP_MS = 60_000;
const RETRY_AFTER_ERROR_MS = 1_000;

/**
 * The write that puts a task on an agenda.
 * @param dueAt milliseconds since 1970
 */
export function schedule(name: string, dueAt: number, task: unknown): Write {
  const due = String(Math.round(dueAt)).padStart(DUE_DIGITS, "0");
  return { type: "put", key: `agenda.${name}/${due}/${createId("task")}`, value: task };
}

/** Those that are not done yet, by their keys; what is due first comes first. */
export const listTasks = <Task>(name: string, database: Database) =>
  database.iterator<string, Task>({ gt: `agenda.${name}/`, lt: `agenda.${name}/~` });

export function startAgenda<Task>(options: AgendaOptions<Task>): Agenda {
  const { database, name, run, atOnce, isPaused = () => false } = options;
  const prefix = `agenda.${name}/`;
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = startDueTasks()
      .catch((error: unknown) => console.error(`the agenda ${name} could not be read: ${String(error)}`))
      .finally(() => {
        looking = undefined;
        if (lookAgain) {
          lookAgain = false;
          wake();
        }
      });
  }

  async function startDueTasks(): Promise<void> {
    clearTimeout(timer);
    if (isPaused()) return;
    const range = { gt: prefix, lt: `${prefix}~`, limit: running.size + atOnce };
    for await (const [key, task] of database.iterator<string, Task>(range)) {
      if (running.has(key)) continue;
      const waitMs = dueTime(key) - Date.now();
      if (waitMs > 0) {
        timer = setTimeout(wake, Math.min(waitMs, LONGEST_SLEEP_MS));
        return;
      }
      if (running.size >= atOnce || closed) return;
      running.set(key, runTask(key, task));
    }
  }

  async function runTask(key: string, task: Task): Promise<void> {
    try {
      await run(task, { type: "del", key });
    } catch (error) {
      if (closed) return;
      console.error(`a task of the agenda ${name} failed and will be tried again: ${String(error)}`);
      const later = Date.now() + RETRY_AFTER_ERROR_MS;
      await database.batch([{ type: "del", key }, schedule(name, later, task)]).catch(() => stop());
    } finally {
      // A look that is under way reads a snapshot in which this task is still due.
      await looking;
      running.delete(key);
      wake();
    }
  }

  /** What cannot be stored any more, which was said, waits for the next start. */
  function stop(): void {
    closed = true;
  }

  const dueTime = (key: string) => Number(key.slice(prefix.length, prefix.length + DUE_DIGITS));

  database.on("write", (writes: Write[]) => {
    if (writes.some(({ type, key }) => type === "put" && key.startsWith(prefix))) wake();
  });
  wake();
  return {
    wake,
    async close() {
      closed = true;
      await looking;
      clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
