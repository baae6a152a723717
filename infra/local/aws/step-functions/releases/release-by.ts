/** What a deployment does with a definition that is new: it is published, and an alias leads to it. */
import type { Releases } from "./releases.ts";

/** One that was published last stays as the alias has it, which may have been led back by hand. */
export async function releaseBy(releases: Releases, name: string): Promise<void> {
  const { versions, aliases, current } = releases;
  const standing = aliases.find((alias) => alias.name === name);
  if (standing && versions.at(-1)?.definition === current.definition) return;
  const { number } = await releases.publish(undefined);
  const now = Date.now();
  await releases.writeAlias({
    createdAt: now,
    ...standing,
    name,
    routes: [{ version: number, weight: 100 }],
    updatedAt: now,
  });
}
