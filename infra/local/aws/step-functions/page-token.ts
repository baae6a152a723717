/** The `nextToken` of a listing: where the next page begins, opaque to the client. */
import { ServiceError } from "../wire.ts";
import { violation } from "./constraints.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;

export const encodeToken = (position: string | undefined) =>
  position === undefined ? undefined : Buffer.from(`after:${position}`).toString("base64url");

export const invalidToken = (token: string) => new ServiceError("InvalidToken", `Invalid Token: '${token}'`);

/**
 * @param longest in characters; AWS allows more for some listings
 * @throws InvalidToken, ValidationException
 */
export function decodeToken(token: string | undefined, longest = 1024): string | undefined {
  if (token === undefined) return undefined;
  if (token.length > longest)
    throw violation("nextToken", token, `have length less than or equal to ${longest}`);
  const text = Buffer.from(token, "base64url").toString();
  if (!/^after:[\d-]+$/.test(text)) throw invalidToken(token);
  return text.slice("after:".length);
}

/** @throws ValidationException */
export function pageSize(maxResults: unknown): number {
  if (maxResults === undefined || maxResults === null || maxResults === 0) return DEFAULT_PAGE;
  if (
    typeof maxResults === "number" &&
    Number.isInteger(maxResults) &&
    maxResults > 0 &&
    maxResults <= LARGEST_PAGE
  ) {
    return maxResults;
  }
  const bound =
    Number(maxResults) < 0 ? "greater than or equal to 0" : `less than or equal to ${LARGEST_PAGE}`;
  throw violation("maxResults", maxResults, `have value ${bound}`);
}
