/**
 * What is written while a write is under way goes into the next one, all of it at once: handing a write to LevelDB's thread
 * costs more than what is in it. Each is answered when it is written, as before, and none overtakes another.
 */

/** As abstract-level hands it to a database: keys and values are encoded. */
interface Operation {
  type: "put" | "del";
  key: unknown;
  value?: unknown;
}

/** Behind every write but the clearing of a range; abstract-level has each kind of database define them. */
interface Writes {
  _put(key: unknown, value: unknown): Promise<void>;
  _del(key: unknown): Promise<void>;
  _batch(operations: Operation[]): Promise<void>;
}

/** @param write what it is given is written as a whole or not at all, each caller's operations with it */
export function writeTogether(write: (operations: Operation[]) => Promise<void>): Writes {
  let underWay: Promise<unknown> = Promise.resolve();
  let gathered: Operation[] = [];
  let group: Promise<void> | undefined;

  async function writeGroup(before: Promise<unknown>) {
    await before.catch(() => undefined);
    const operations = gathered;
    gathered = [];
    group = undefined;
    const written = write(operations);
    underWay = written;
    await written;
  }

  function add(operations: Operation[]): Promise<void> {
    gathered.push(...operations);
    group ??= writeGroup(underWay);
    return group;
  }

  return {
    _put: (key, value) => add([{ type: "put", key, value }]),
    _del: (key) => add([{ type: "del", key }]),
    _batch: add,
  };
}
