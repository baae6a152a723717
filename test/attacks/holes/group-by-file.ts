/** What concerns one file, together, in the order of appearance. */
export function groupByFile<T extends { file: string }>(things: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(thing.file, [...(groups.get(thing.file) ?? []), thing]);
  return groups;
}
