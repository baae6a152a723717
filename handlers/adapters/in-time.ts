/** Ends a wait, whatever it is for: what is waited for goes on by itself and is heard no more. */

class TimeoutError extends Error {
  override name = "TimeoutError";
  /** Who was asked. */
  dependency?: string;
}

/**
 * @param what for the message, e.g. `SFN StartExecution`
 * @throws TimeoutError, which is one of the errors that pass by themselves
 */
export function inTime<Result>(work: Promise<Result>, milliseconds: number, what: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new TimeoutError(`${what}: not over after ${milliseconds} ms`)),
      milliseconds,
    );
    void work.then(resolve, reject).then(() => clearTimeout(timer));
  });
}

/**
 * A port each of whose methods ends in time, however many calls it makes and however slowly each of them is answered.
 * @param dependency who is asked, for the log
 */
export function eachInTime<Port extends object>(port: Port, milliseconds: number, dependency: string): Port {
  const limit =
    (name: string, method: Method): Method =>
    (...given) =>
      inTime(method(...given), milliseconds, name).catch((error: unknown) => {
        if (error instanceof TimeoutError) error.dependency ??= dependency;
        throw error;
      });
  const limited = Object.entries(port).map(([name, method]) => [name, limit(name, method as Method)]);
  return Object.fromEntries(limited) as Port;
}

type Method = (...given: unknown[]) => Promise<unknown>;

/** Lambda's second argument, as far as it matters here. */
export interface Deadline {
  getRemainingTimeInMillis(): number;
}

/**
 * @param deadline undefined: nobody cuts it off
 * @param keepMs of the time that is left, for what is to be done afterwards
 */
export const beforeDeadline = <Result>(
  work: Promise<Result>,
  deadline: Deadline | undefined,
  keepMs: number,
  what: string,
): Promise<Result> => (deadline ? inTime(work, deadline.getRemainingTimeInMillis() - keepMs, what) : work);
