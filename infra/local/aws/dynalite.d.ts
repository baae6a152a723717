/** The parts of dynalite that its own server is made of; it has no types. */

declare module "dynalite/db/index.js" {
  import type { ClassicLevel } from "classic-level";

  export interface Store {
    db: ClassicLevel<string, unknown>;
    getItemDb(table: string): { lock: unknown };
  }

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
