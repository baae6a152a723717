/** Loads the handlers' entries as they are now, and looks at each change at once, before anybody calls. */
import type { Plugin, ViteDevServer } from "vite";
import type { Exports } from "../functions/entries.ts";

/** In the words of Lambda, for a release whose code cannot be read. */
class EntryDoesNotLoad extends Error {
  override name = "Runtime.UserCodeSyntaxError";
}

/** An editor first empties a file and then writes it, and Git writes many. */
const SETTLING_MS = 50;

interface Listener {
  /** @returns the sentence for it */
  describe(error: unknown): string;
  /** A file has changed: what was said of it may be said again. */
  onChange(): void;
  onMended(): void;
}

export function createEntryLoader({ describe, onChange, onMended }: Listener) {
  const loaded = new Set<string>();
  let isBroken = false;

  /** @throws EntryDoesNotLoad, which pages show too */
  async function load(vite: ViteDevServer, file: string): Promise<Exports> {
    loaded.add(file);
    try {
      return (await vite.ssrLoadModule(file)) as Exports;
    } catch (error) {
      isBroken = true;
      const message = describe(error);
      vite.environments.client.hot.send({ type: "error", err: { message, stack: "" } });
      throw new EntryDoesNotLoad(message.split("\n")[0]);
    }
  }

  async function lookAgain(vite: ViteDevServer): Promise<void> {
    const wasBroken = isBroken;
    isBroken = false;
    await Promise.allSettled([...loaded].map((file) => load(vite, file)));
    if (!wasBroken || isBroken) return;
    onMended();
    vite.environments.client.hot.send({ type: "full-reload" });
  }

  let vite: ViteDevServer;
  let look: NodeJS.Timeout | undefined;
  const plugin: Plugin = {
    name: "bursar:entries",
    configureServer(server) {
      vite = server;
    },
    hotUpdate({ modules }) {
      onChange();
      if (this.environment.name !== "ssr" || (modules.length === 0 && !isBroken)) return;
      clearTimeout(look);
      look = setTimeout(() => void lookAgain(vite), SETTLING_MS);
    },
  };
  return { plugin, load };
}
