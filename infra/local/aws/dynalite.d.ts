/** The parts of dynalite that its own server is made of; it has no types. */

declare module "dynalite/db/index.js" {
  import type { ClassicLevel } from "classic-level";

  export interface Store {
    db: ClassicLevel<string, unknown>;
    getItemDb(table: string): {
      lock: unknown;
      get(key: string, done: (error: unknown, item?: Item) => void): void;
    };
    getTable(table: string, done: (error: unknown, table: Table) => void): void;
  }

  /** E.g. `{ PK: { S: "USER#1" } }`. */
  export type Item = Record<string, AttributeValue>;
  export type AttributeValue = Record<string, unknown>;

  export interface Table {
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    KeySchema: { AttributeName: string }[];
    GlobalSecondaryIndexes?: Index[];
    LocalSecondaryIndexes?: Index[];
  }

  export interface Index {
    IndexName: string;
    KeySchema: { AttributeName: string }[];
  }

  /** @returns the refusal, unless the request's condition holds */
  export function checkConditional(request: object, item: Item | undefined): unknown;
  /** @returns the refusal, unless the key is one of the table */
  export function validateKey(key: Item, table: Table): unknown;
  export function createKey(key: Item, table: Table): string;

  export function create(options: {
    path: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }): Store;
}

declare module "dynalite/validations/index.js" {
  import type { Store } from "dynalite/db/index.js";

  export interface Validation {
    types: object;
    custom?: (input: object, store: Store) => string | undefined;
  }

  /** @returns the input without what the operation does not know. @throws what is answered: `statusCode`, `body` */
  export function checkTypes(input: object, types: object): object;
  /** @throws what is answered: `statusCode`, `body` */
  export function checkValidations(
    input: object,
    types: object,
    custom: Validation["custom"],
    store: Store,
  ): void;
}
