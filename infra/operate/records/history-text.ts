/** What an event of a history says beside its type. */
export function textIn(details: Record<string, unknown>, key: string): string | undefined {
  const value = details[key];
  return typeof value === "string" ? value : undefined;
}
