/** The entries of the shipped handlers: a module for each bundle that AWS gets. */

const entries = {
  webhook: () => import("#handlers/webhook.ts"),
  api: () => import("#handlers/api.ts"),
  copySigningSecret: () => import("#handlers/copy-signing-secret.ts"),
  overflowQueue: () => import("#handlers/overflow-queue.ts"),
  reconcile: () => import("#handlers/reconcile.ts"),
  preToken: () => import("#handlers/pre-token.ts"),
  preSignUp: () => import("#handlers/pre-sign-up.ts"),
  steps: () => import("#handlers/steps.ts"),
};

export type Entry = keyof typeof entries;
type ModuleOf<Name extends Entry> = Awaited<ReturnType<(typeof entries)[Name]>>;

/** Of each entry what is deployed of it. */
export type HandlerModules = {
  [Name in Exclude<Entry, "steps">]: Pick<ModuleOf<Name>, "handler">;
} & { steps: Omit<ModuleOf<"steps">, "createSteps"> };

export const ENTRIES = Object.keys(entries) as Entry[];

/** From the repository's root, e.g. `handlers/pre-token.ts`. */
export const fileOf = (entry: Entry) =>
  `handlers/${entry.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;

// What a handler is called with is checked where it is called from.
// oxlint-disable-next-line typescript/no-explicit-any
export type Exports = Record<string, (...given: any[]) => Promise<unknown>>;

/** Finds what an entry exports, at each call. */
export type LoadEntry = (entry: Entry) => Promise<Exports>;

/** Each read once, as a release is, with the environment that the process has then. */
export const loadOnce: LoadEntry = async (entry) => (await entries[entry]()) as unknown as Exports;
