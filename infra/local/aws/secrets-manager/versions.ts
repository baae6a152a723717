/** The versions of a secret, and the labels that say which of them is meant. */

export const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

interface SecretVersion {
  secretString: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** The labels; a version without any is deprecated and found by its id alone. */
  stages: string[];
}

export interface Secret {
  /** Milliseconds since 1970. */
  createdAt: number;
  description?: string;
  /** By id, the oldest first. */
  versions: Record<string, SecretVersion>;
}

/** As AWS does, which deletes deprecated versions beyond these. */
const MOST_VERSIONS = 100;

/** @returns the secret with one more version, to which the labels have moved from wherever they were */
export function addVersion(secret: Secret, id: string, added: SecretVersion): Secret {
  const previous = added.stages.includes(CURRENT) ? findByStage(secret, CURRENT)?.id : undefined;
  const moved = previous === undefined ? added.stages : [...added.stages, PREVIOUS];
  const standing = Object.entries(secret.versions).map(([standingId, version]) => {
    const kept = version.stages.filter((stage) => !moved.includes(stage));
    const stages = standingId === previous ? [...kept, PREVIOUS] : kept;
    return [standingId, { ...version, stages }] as const;
  });
  const labelled = standing.filter(
    ([, { stages }], index) => stages.length > 0 || standing.length - index < MOST_VERSIONS,
  );
  return { ...secret, versions: { ...Object.fromEntries(labelled), [id]: added } };
}

export function findByStage({ versions }: Secret, stage: string) {
  const found = Object.entries(versions).find(([, { stages }]) => stages.includes(stage));
  return found && { id: found[0], ...found[1] };
}

export function findById({ versions }: Secret, id: string) {
  const version = Object.hasOwn(versions, id) ? versions[id] : undefined;
  return version && { id, ...version };
}

/** @param isDeprecatedToo also those without labels */
export const listVersions = ({ versions }: Secret, isDeprecatedToo: boolean) =>
  Object.entries(versions)
    .map(([id, version]) => ({ id, ...version }))
    .filter(({ stages }) => isDeprecatedToo || stages.length > 0);

/** What earlier versions of this stand-in have stored. */
interface EarlierSecret {
  current: EarlierVersion;
  previous?: EarlierVersion;
}
interface EarlierVersion {
  versionId: string;
  secretString: string;
  createdAt: number;
}

export function readStored(stored: Secret | EarlierSecret): Secret {
  if ("versions" in stored) return stored;
  const { current, previous } = stored;
  const versions: Secret["versions"] = {};
  const add = ({ versionId, ...version }: EarlierVersion, stage: string) => {
    versions[versionId] = { ...version, stages: [stage] };
  };
  if (previous) add(previous, PREVIOUS);
  add(current, CURRENT);
  return { createdAt: (previous ?? current).createdAt, versions };
}
