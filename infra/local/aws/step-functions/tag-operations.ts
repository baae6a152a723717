/** The tags of the one state machine there is. */
import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from "@aws-sdk/client-sfn";
import * as z from "zod";
import type { Wire } from "#infra/one-machine/wire.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import type { TagStore } from "../tag-store.ts";
import { ServiceError } from "../wire.ts";
import { invalidArn } from "./identity.ts";

const MOST_TAGS = 50;

const tagsSchema = z.array(z.object({ key: z.string().max(128), value: z.string().max(256).default("") }));
const keysSchema = z.array(z.string());

export function createTagOperations({ arn }: StateMachineIdentity, tags: TagStore) {
  /** @throws InvalidArn, ResourceNotFound */
  function requireResource(wanted: unknown): void {
    if (wanted === arn) return;
    if (
      typeof wanted !== "string" ||
      !/^arn:aws[\w-]*:states:[^:]*:\d*:(stateMachine|activity):/.test(wanted)
    )
      throw invalidArn(wanted);
    throw new ServiceError("ResourceNotFound", `Resource not found: '${wanted}'`);
  }

  return {
    async ListTagsForResource(
      input: Wire<ListTagsForResourceInput>,
    ): Promise<Wire<ListTagsForResourceOutput>> {
      requireResource(input.resourceArn);
      return { tags: Object.entries(await tags.list(arn)).map(([key, value]) => ({ key, value })) };
    },

    async TagResource(input: Wire<TagResourceInput>) {
      requireResource(input.resourceArn);
      const wanted = Object.fromEntries(read(tagsSchema, input.tags).map(({ key, value }) => [key, value]));
      if (Object.keys({ ...(await tags.list(arn)), ...wanted }).length > MOST_TAGS)
        throw new ServiceError("TooManyTags", `A resource may have ${MOST_TAGS} tags at most.`);
      await tags.add(arn, wanted);
      return {};
    },

    async UntagResource(input: Wire<UntagResourceInput>) {
      requireResource(input.resourceArn);
      await tags.remove(arn, read(keysSchema, input.tagKeys));
      return {};
    },
  };
}

/** @throws ValidationException */
function read<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ServiceError("ValidationException", z.prettifyError(result.error));
}
