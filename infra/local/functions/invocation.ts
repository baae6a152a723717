/** What Lambda's runtime does around a handler: JSON comes in, JSON goes out, and what is thrown is told by its name. */
import type { Context } from "aws-lambda";
import { createLambdaContext } from "../http-api/lambda-context.ts";
import type { Entry, LoadEntry } from "./entries.ts";

export interface Invocation {
  entry: Entry;
  /** What it exports. */
  name: string;
  /** JSON. */
  event: string;
  /** Undefined: whoever calls sets no time for it. */
  context: Pick<Context, "functionName" | "awsRequestId"> | undefined;
}

/** The result as JSON, or what was thrown. */
export type Outcome = { result: string } | { errorType: string; errorMessage: string };

/** Where handlers run. */
export type Runtime = (invocation: Invocation) => Promise<Outcome>;

/** @returns a runtime in the process that asks for it */
export const runtimeHere =
  (load: LoadEntry): Runtime =>
  async ({ entry, name, event, context }) => {
    try {
      const handler = (await load(entry))[name];
      if (!handler) throw new Error(`${entry} exports no ${name}`);
      const { functionName, awsRequestId } = context ?? {};
      const given = functionName && awsRequestId ? [createLambdaContext(functionName, awsRequestId)] : [];
      return { result: toJson(await handler(JSON.parse(event), ...given)) };
    } catch (error) {
      // What is no error is called by its type.
      if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
      return { errorType: error.name, errorMessage: error.message };
    }
  };

class MarshalError extends Error {
  override name = "Runtime.MarshalError";
}

function toJson(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null";
  } catch (error) {
    throw new MarshalError(`Unable to stringify response body as json: ${String(error)}`);
  }
}
