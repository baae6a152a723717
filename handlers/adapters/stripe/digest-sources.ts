/** Tells apart who sent what is not signed, without keeping anybody's address. */
import { createHmac } from "node:crypto";
import type { SigningSecret } from "../secrets-manager/signing-secret.ts";

/** As many as a log entry can use. */
const DIGITS = 16;

/**
 * What the last two hops have seen: CloudFront writes its caller's address, and the API behind it CloudFront's; of who
 * calls the API itself there is one. What stands before is the caller's own invention.
 * @returns a digest each, keyed with the newest signing secret: whoever holds that can tell whether an address is it
 */
export function digestSources(
  headers: Record<string, string | undefined>,
  { STRIPE_WEBHOOK_SECRET: [key = ""] }: SigningSecret,
): string[] {
  const addresses = (headers["x-forwarded-for"] ?? "").split(",").map((address) => address.trim());
  return addresses
    .filter((address) => address !== "")
    .slice(-2)
    .map((address) => createHmac("sha256", key).update(address).digest("hex").slice(0, DIGITS));
}
