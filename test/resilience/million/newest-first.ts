/** Stripe's lists, of what is in the order of its time and made from its number. */

/** Instants are seconds since 1970. */
export interface NewestFirst<T> {
  /** The number of the first that was created at that instant or later. */
  firstFrom(instant: number): number;
  make(index: number): T;
}

export interface ListParams {
  created?: { gte?: number; lt?: number };
  limit?: number;
  starting_after?: string;
}

/** @param numberOf of the id that the page is to start after */
export function pageOf<T>(
  { firstFrom, make }: NewestFirst<T>,
  { created: { gte = 0, lt = Infinity } = {}, limit = 10, starting_after: after }: ListParams,
  numberOf: (id: string) => number,
) {
  const first = firstFrom(gte);
  const end = after === undefined ? firstFrom(lt) : numberOf(after);
  const length = Math.max(0, Math.min(limit, end - first));
  const data = Array.from({ length }, (_, index) => make(end - 1 - index));
  return { object: "list", data, has_more: end - length > first };
}

export const pad = (index: number, length: number) => String(index).padStart(length, "0");
