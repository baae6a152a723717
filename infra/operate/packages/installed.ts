/** What is installed, as the lockfile tells it: names, versions, licences, and what of it ends in the functions and the client. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import { SHIPPED } from "./shipped.ts";

const dependencies = z.record(z.string(), z.string()).default({});

const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().default("not stated"),
  dev: z.boolean().default(false),
  /** As npm writes it: `sha512-` and the digest in base64. */
  integrity: z.string().optional(),
  dependencies,
  optionalDependencies: dependencies,
  peerDependencies: dependencies,
  peerDependenciesMeta: z.record(z.string(), z.unknown()).default({}),
});
type Entry = z.infer<typeof entrySchema>;

const lockfileSchema = z.object({ packages: z.record(z.string(), entrySchema) });

export interface InstalledPackage {
  name: string;
  version: string;
  licence: string;
  /** `npm start` or an operator's command needs it, directly or not; the others deploy, check and test. */
  runs: boolean;
  /** In a function's bundle or the client's build, as far as dependencies tell: a bundler leaves parts out. */
  shipped: boolean;
  integrity?: string | undefined;
  /** `name@version` of what it needs. */
  needs: string[];
}

const isLeftOut = (name: string, isOfRoot: boolean) =>
  (isOfRoot && !SHIPPED.includes(name)) || name.startsWith("@types/");

const lockfile = new URL("../../../package-lock.json", import.meta.url);

/** Copies of one version count once. In the order of their names. */
export function readInstalledPackages(text = readFileSync(lockfile, "utf8")): InstalledPackage[] {
  const { packages } = lockfileSchema.parse(JSON.parse(text));
  const shipped = findShipped(packages);
  const byId = new Map<string, InstalledPackage>();
  for (const [place, entry] of Object.entries(packages)) {
    const id = place && idOf(place, entry);
    if (!id) continue;
    const before = byId.get(id);
    byId.set(id, {
      name: nameOf(place, entry),
      version: entry.version ?? "",
      licence: entry.license,
      runs: !entry.dev || before?.runs === true,
      shipped: shipped.has(place) || before?.shipped === true,
      integrity: entry.integrity,
      needs: placesOfNeeds(place, entry, packages).map((needed) => idOf(needed, packages[needed])),
    });
  }
  return [...byId.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found);
}

/** Everything that the root's own shipped dependencies lead to. */
function findShipped(packages: Record<string, Entry>): Set<string> {
  const found = new Set<string>();
  const visit = (place: string, entry: Entry) => {
    for (const needed of placesOfNeeds(place, entry, packages)) {
      const next = packages[needed];
      if (!next || found.has(needed) || isLeftOut(nameOf(needed, next), place === "")) continue;
      found.add(needed);
      visit(needed, next);
    }
  };
  const root = packages[""];
  if (root) visit("", root);
  return found;
}

/**
 * As Node resolves them: beside the package, or beside one that it lies in. What is optional may be missing; what is there,
 * for whatever reason, is found by a bundler.
 */
function placesOfNeeds(place: string, entry: Entry, packages: Record<string, Entry>): string[] {
  const { dependencies: own, optionalDependencies, peerDependencies, peerDependenciesMeta } = entry;
  const names = Object.keys({
    ...own,
    ...optionalDependencies,
    ...peerDependencies,
    ...peerDependenciesMeta,
  });
  return names.flatMap((name) => {
    for (let within = place; ; within = within.slice(0, Math.max(0, within.lastIndexOf("/node_modules/")))) {
      const candidate = `${within ? `${within}/` : ""}node_modules/${name}`;
      if (packages[candidate]) return [candidate];
      if (within === "") return [];
    }
  });
}

const nameOf = (place: string, { name }: Entry) => name ?? place.split("node_modules/").at(-1) ?? "";

const idOf = (place: string, entry: Entry | undefined) =>
  entry?.version ? `${nameOf(place, entry)}@${entry.version}` : "";
