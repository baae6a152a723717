/** What Secrets Manager tells of its secrets without their values: the list, descriptions and tags. */
import type {
  DescribeSecretResponse,
  ListSecretsRequest,
  ListSecretsResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-secrets-manager";
import type { Wire } from "#infra/one-machine/wire.ts";
import type { TagStore } from "../tag-store.ts";
import { invalid, takePage } from "./take-page.ts";

type Description = Wire<DescribeSecretResponse>;

interface SecretsToTell {
  listNames(): Promise<string[]>;
  /** @throws ResourceNotFoundException */
  describe(secretId: unknown): Promise<Description & { ARN: string }>;
}

export function createSecretListing({ listNames, describe }: SecretsToTell, tags: TagStore) {
  async function describeSecret(input: { SecretId?: unknown }): Promise<Description> {
    const description = await describe(input.SecretId);
    const known = await tags.find(description.ARN);
    const Tags = Object.entries(known ?? {}).map(([Key, Value]) => ({ Key, Value }));
    return { ...description, ...(known && { Tags }) };
  }

  return {
    DescribeSecret: describeSecret,

    /** By their names; AWS goes by the dates of creation. */
    async ListSecrets(input: Wire<ListSecretsRequest>): Promise<Wire<ListSecretsResponse>> {
      const names = (await listNames()).filter(readFilters(input)).toSorted();
      if (input.SortOrder === "desc") names.reverse();
      const { page, ...next } = takePage(names, input);
      const SecretList = await Promise.all(page.map((name) => describeSecret({ SecretId: name })));
      return {
        SecretList: SecretList.map(({ VersionIdsToStages, ...entry }) => ({
          ...entry,
          ...(VersionIdsToStages && { SecretVersionsToStages: VersionIdsToStages }),
        })),
        ...next,
      };
    },

    async TagResource(input: Wire<TagResourceRequest>) {
      const { ARN } = await describe(input.SecretId);
      if (!Array.isArray(input.Tags) || !input.Tags.every(isTag))
        throw invalid("Tags must be a list of keys with values.");
      await tags.add(ARN, Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value ?? ""])));
      return {};
    },

    async UntagResource(input: Wire<UntagResourceRequest>) {
      const { ARN } = await describe(input.SecretId);
      if (!Array.isArray(input.TagKeys)) throw invalid("TagKeys must be a list of keys.");
      await tags.remove(ARN, input.TagKeys);
      return {};
    },
  };
}

const isTag = (tag: unknown): tag is Tag =>
  typeof tag === "object" && tag !== null && "Key" in tag && typeof tag.Key === "string";

/** @throws InvalidParameterException for what is not kept here to be filtered by */
function readFilters({ Filters = [], SortBy }: Wire<ListSecretsRequest>): (name: string) => boolean {
  if (SortBy !== undefined && SortBy !== "name") throw invalid("Only SortBy name is available here.");
  if (!Array.isArray(Filters) || Filters.some(({ Key }) => Key !== "name"))
    throw invalid("Only filters by name are available here.");
  return (name) =>
    Filters.every(({ Values = [] }) =>
      Values.some((text) => (text.startsWith("!") ? !name.startsWith(text.slice(1)) : name.startsWith(text))),
    );
}
