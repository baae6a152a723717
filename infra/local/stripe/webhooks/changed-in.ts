/** What an event says of an object before it was changed. */

/** @returns the former values, of what is no longer the same; null where there was nothing */
export function changedIn(before: object, after: object): object {
  const [old, current] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = new Set([...old.keys(), ...current.keys()]);
  const changed: Record<string, unknown> = {};
  for (const name of names) {
    const [was, is]: unknown[] = [old.get(name) ?? null, current.get(name) ?? null];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changed[name] = isRecord(was) && isRecord(is) ? changedIn(was, is) : was;
  }
  return changed;
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
