/** The npm engine that interprets the Amazon States Language. It wants Node 22; this is what Node 20 lacks. */
export { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";

// Without it, every Task would have its effect and then fail.
// oxlint-disable-next-line typescript/unbound-method
Promise.withResolvers ??= function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
