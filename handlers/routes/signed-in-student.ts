/** Who is asking: the student that the access token's claims describe. */
import type { Request } from "express";
import * as z from "zod/mini";
import type { Student } from "#workflow/model.ts";
import { describeError } from "../error-facts.ts";
import { createLogger } from "../telemetry.ts";
import { HttpError } from "./errors.ts";
import { requestContextOf } from "./request-context.ts";

/** API Gateway hands claims over as text. */
const claimsSchema = z.object({
  sub: z.string().check(z.minLength(1)),
  email: z._default(z.string(), ""),
  name: z.optional(z.string()),
  email_verified: z.optional(z.union([z.boolean(), z.string()])),
  sign_up_method: z._default(z.string(), "email"),
  token_use: z.optional(z.literal("access")),
});

/**
 * The gateway has verified the token; claims that are missing here mean a route that lacks its authorizer.
 * @throws HttpError 401
 */
export function signedInStudent(request: Request, now: Date): Student {
  const result = claimsSchema.safeParse(requestContextOf(request).claims);
  if (!result.success)
    throw new HttpError(401, "unauthorized", "Sign in first: this needs a student's access token.");
  const claims = result.data;
  const at = now.toISOString();
  return {
    userId: claims.sub,
    email: claims.email,
    name: claims.name ?? claims.email.split("@")[0] ?? "",
    emailVerified: String(claims.email_verified) === "true",
    signUpMethod: claims.sign_up_method,
    createdAt: at,
    updatedAt: at,
  };
}

/** The student is served all the same; the next request tries again. */
export function onCustomerBehind(error: unknown): void {
  createLogger("api").warn("Stripe's customer still has the old name or e-mail", describeError(error));
}
