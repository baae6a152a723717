/** What the console's API refuses, in a sentence for the person who asked. */
import type { ErrorRequestHandler } from "express";
import * as z from "zod";
import { ReasonRefused, readReason } from "#workflow/ledger/entry.ts";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import type { Signed } from "../acts/open-ledger.ts";
import { sentenceForOperator } from "../sentence-for-operator.ts";

export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal(400, `${issue?.path.join(".") ?? "The request"}: ${issue?.message ?? "cannot be read"}.`);
}

const signatureSchema = z.object({ reason: z.string().optional() });

/** @param body of the request that asks for an act @throws Refusal when it gives no reason that can stand */
export function sign(ledger: Ledger, body: unknown): Signed {
  const { reason } = readAs(signatureSchema, body);
  try {
    return { ledger, reason: readReason(reason) };
  } catch (error) {
    throw error instanceof ReasonRefused ? new Refusal(400, error.message) : error;
  }
}

/** Whatever is no refusal comes from the services that were asked. */
export const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const status = error instanceof Refusal ? error.status : 502;
  response.status(status).json({ error: sentenceForOperator(error) });
};
