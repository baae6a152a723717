/** The entries of the shipped handlers: a module for each bundle that AWS gets. */
import { mapSteps } from "#infra/deployment/steps.ts";

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

type Entry = keyof typeof entries;
type ModuleOf<Name extends Entry> = Awaited<ReturnType<(typeof entries)[Name]>>;

/** Of each entry what is deployed of it. */
export type HandlerModules = {
  [Name in Exclude<Entry, "steps">]: Pick<ModuleOf<Name>, "handler">;
} & { steps: Omit<ModuleOf<"steps">, "createSteps"> };

/** Each read once, as a release is. */
export async function importHandlers(): Promise<HandlerModules> {
  const [webhook, api, copySigningSecret, overflowQueue, reconcile, preToken, preSignUp, steps] =
    await Promise.all([
      entries.webhook(),
      entries.api(),
      entries.copySigningSecret(),
      entries.overflowQueue(),
      entries.reconcile(),
      entries.preToken(),
      entries.preSignUp(),
      entries.steps(),
    ]);
  return { webhook, api, copySigningSecret, overflowQueue, reconcile, preToken, preSignUp, steps };
}

/** @param file an entry's, from the repository's root, e.g. `handlers/pre-token.ts` */
export type LoadEntry = (file: string) => Promise<Record<string, (...given: unknown[]) => Promise<unknown>>>;

/** Each loaded again at every call, so that a call runs what the sources say at that moment. */
export function handlersOnCall(load: LoadEntry): HandlerModules {
  const exportsOf = (entry: Entry) =>
    entry === "steps" ? Object.values(mapSteps(({ handler }) => handler)) : ["handler"];
  const modules = (Object.keys(entries) as Entry[]).map((entry) => {
    const file = `handlers/${entry.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
    const call =
      (name: string) =>
      async (...given: unknown[]) =>
        (await load(file))[name]?.(...given);
    return [entry, Object.fromEntries(exportsOf(entry).map((name) => [name, call(name)]))] as const;
  });
  return Object.fromEntries(modules) as unknown as HandlerModules;
}
