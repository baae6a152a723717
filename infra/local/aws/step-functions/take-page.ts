/** A page of what fits into memory as a whole. */
import { decodeToken, encodeToken, pageSize } from "./page-token.ts";

/** @throws InvalidToken, ValidationException */
export function takePage<Item>(
  all: readonly Item[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: Item[]; nextToken: string | undefined } {
  const first = Number(decodeToken(nextToken) ?? 0);
  const end = first + pageSize(maxResults);
  return { items: all.slice(first, end), nextToken: encodeToken(end < all.length ? String(end) : undefined) };
}
