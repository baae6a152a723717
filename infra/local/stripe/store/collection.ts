/** One kind of Stripe object in the database, found by id or listed newest first by an index. */

import type { Database, Write } from "../../storage/database.ts";
import { firstIdAt } from "../ids.ts";

export interface Entity {
  id: string;
  /** Seconds since 1970, as Stripe counts. */
  created: number;
}

/** `created[gte]=...` and the like, in seconds; a number asks for that very second. */
export type Created = number | { gt?: number; gte?: number; lt?: number; lte?: number };

export interface Query<T> {
  /** Values of indexes that must all agree; the first that is given is the one that is searched. */
  where?: Record<string, string | undefined>;
  created?: Created | undefined;
  startingAfter?: string | undefined;
  endingBefore?: string | undefined;
  matches?: (entity: T) => boolean;
  limit: number;
}

interface Page<T> {
  data: T[];
  hasMore: boolean;
}

export interface Collection<T extends Entity> {
  find(id: string): Promise<T | undefined>;
  list(query: Query<T>): Promise<Page<T>>;
  /** The writes that store this entity, new or changed. */
  put(entity: T): Promise<Write[]>;
}

type Indexes<T> = Record<string, (entity: T) => string | null>;

const HIGHEST = "~";

export function createCollection<T extends Entity>(
  database: Database,
  name: string,
  idPrefix: string,
  indexes: Indexes<T> = {},
): Collection<T> {
  const find = (id: string) => database.get<string, T>(`${name}/${id}`, {});

  return {
    find,

    async put(entity) {
      const isIndexed = Object.keys(indexes).length > 0;
      const previous = isIndexed ? await find(entity.id) : undefined;
      const keys = indexKeys(name, indexes, entity);
      const stale = previous ? indexKeys(name, indexes, previous).filter((key) => !keys.includes(key)) : [];
      return [
        ...stale.map((key): Write => ({ type: "del", key })),
        ...keys.map((key): Write => ({ type: "put", key, value: "" })),
        { type: "put", key: `${name}/${entity.id}`, value: entity },
      ];
    },

    async list({ where = {}, created, startingAfter, endingBefore, matches = () => true, limit }) {
      const wanted = Object.entries(where).filter(([, value]) => value !== undefined);
      const base = wanted[0] ? `${name}.${wanted[0][0]}/${wanted[0][1]}/` : `${name}/`;
      const window = toSeconds(created);
      // An id that somebody has chosen says nothing of the time, and is in every list that asks for none.
      // A second of slack: an id and its `created` are read from the clock one after the other.
      const oldest = window.from > 0 ? firstIdAt(idPrefix, window.from - 1) : "";
      const newest = window.to === Infinity ? HIGHEST : firstIdAt(idPrefix, window.to + 2);
      const range = {
        gt: base + latest(endingBefore ?? oldest, oldest),
        lt: base + earliest(startingAfter ?? newest, newest),
        reverse: endingBefore === undefined,
      };

      const found: T[] = [];
      for await (const key of database.keys(range)) {
        const entity = await find(key.slice(base.length));
        if (!entity || entity.created < window.from || entity.created > window.to) continue;
        if (!wanted.every(([index, value]) => indexes[index]?.(entity) === value) || !matches(entity))
          continue;
        if (found.push(entity) > limit) break;
      }
      const data = found.slice(0, limit);
      return { data: range.reverse ? data : data.toReversed(), hasMore: found.length > limit };
    },
  };
}

function indexKeys<T extends Entity>(name: string, indexes: Indexes<T>, entity: T): string[] {
  return Object.entries(indexes)
    .map(([index, valueOf]) => [index, valueOf(entity)] as const)
    .filter(([, value]) => value !== null)
    .map(([index, value]) => `${name}.${index}/${value}/${entity.id}`);
}

function toSeconds(created: Created | undefined): { from: number; to: number } {
  if (typeof created === "number") return { from: created, to: created };
  const { gt = -Infinity, gte = 0, lt = Infinity, lte = Infinity } = created ?? {};
  return { from: Math.max(gt + 1, gte), to: Math.min(lt - 1, lte) };
}

const latest = (a: string, b: string) => (a > b ? a : b);
const earliest = (a: string, b: string) => (a < b ? a : b);
