/** Which definitions the state machine has and had: its revisions, the versions published of them, and the aliases that route to versions. */
import { createHash, randomUUID } from "node:crypto";
import type { Database } from "#infra/local/storage/database.ts";
import { type LoadedStateMachine, loadStateMachine } from "#infra/states-language/definition.ts";

/** Times are milliseconds since 1970. A definition is named by the digest of its text. */
export interface Revision {
  /** Absent: as the state machine was created. */
  revisionId?: string | undefined;
  definition: string;
  updatedAt: number;
}

export interface Version extends Revision {
  number: number;
  description?: string | undefined;
  createdAt: number;
}

export interface Route {
  version: number;
  /** Of 100. */
  weight: number;
}

export interface Alias {
  name: string;
  description?: string | undefined;
  routes: Route[];
  createdAt: number;
  updatedAt: number;
}

interface State {
  texts: Record<string, string>;
  current: Revision;
  versions: Version[];
  /** The highest number so far: a number is never given twice. */
  lastVersion: number;
  aliases: Alias[];
}

export type Releases = Awaited<ReturnType<typeof openReleases>>;

const KEY = "releases";

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);

interface Deployed {
  text: string;
  loaded: LoadedStateMachine;
  /** When the state machine was created. */
  madeAt: number;
}

/** @param deployed what the deployment has now; when it is another definition than it had, it is its new revision */
export async function openReleases(database: Database, deployed: Deployed) {
  const { text, madeAt } = deployed;
  const table = database.sublevel<string, State>("release", { valueEncoding: "json" });
  const loaded = new Map([[digestOf(text), deployed.loaded]]);
  const state: State = (await table.get(KEY)) ?? created(text, madeAt);
  if (textOf(state.current.definition) !== text) revise(text);

  function textOf(definition: string): string {
    return state.texts[definition] ?? text;
  }

  function revise(newText: string): void {
    const definition = digestOf(newText);
    state.texts[definition] = newText;
    state.current = { revisionId: randomUUID(), definition, updatedAt: Date.now() };
  }

  const save = () => table.put(KEY, state);
  await save();

  return {
    textOf,
    get current(): Readonly<Revision> {
      return state.current;
    },
    get versions(): readonly Version[] {
      return state.versions;
    },
    get aliases(): readonly Alias[] {
      return state.aliases;
    },

    /** @param definition undefined: of an execution from before there were revisions. @throws DefinitionRefused */
    loadedOf(definition: string = state.current.definition): LoadedStateMachine {
      const known = loaded.get(definition) ?? loadStateMachine(textOf(definition));
      loaded.set(definition, known);
      return known;
    },

    /** The text that it has already is no new revision. @throws DefinitionRefused */
    async update(newText: string): Promise<void> {
      const definition = digestOf(newText);
      if (definition === state.current.definition) return;
      loaded.set(definition, loadStateMachine(newText));
      revise(newText);
      await save();
    },

    /** @returns the newest version, when it is of the same revision and description already */
    async publish(description: string | undefined): Promise<Version> {
      const newest = state.versions.at(-1);
      if (newest?.definition === state.current.definition && newest.description === description)
        return newest;
      state.lastVersion += 1;
      const version = { ...state.current, number: state.lastVersion, description, createdAt: Date.now() };
      state.versions.push(version);
      await save();
      return version;
    },

    async deleteVersion(number: number): Promise<void> {
      state.versions = state.versions.filter((version) => version.number !== number);
      await save();
    },

    /** Creates it, or puts it in the place of the one of its name. */
    async writeAlias(alias: Alias): Promise<void> {
      const others = state.aliases.filter(({ name }) => name !== alias.name);
      state.aliases = [...others, alias].toSorted((one, other) => one.createdAt - other.createdAt);
      await save();
    },

    async deleteAlias(name: string): Promise<void> {
      state.aliases = state.aliases.filter((alias) => alias.name !== name);
      await save();
    },
  };
}

function created(text: string, madeAt: number): State {
  const definition = digestOf(text);
  const current = { definition, updatedAt: madeAt };
  return { texts: { [definition]: text }, current, versions: [], lastVersion: 0, aliases: [] };
}
