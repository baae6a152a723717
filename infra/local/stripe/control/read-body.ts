/** Reads the JSON of a control request, and says what is wrong with it. */
import type { Request } from "express";
import type { z } from "zod";
import { invalidRequest } from "../errors.ts";

/** @throws StripeApiError 400 that names the field */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const result = schema.safeParse(request.body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidRequest(`This cannot be asked for: ${issue?.path.join(".")} ${issue?.message}`);
}
