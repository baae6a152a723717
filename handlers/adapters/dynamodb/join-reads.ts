/** Items that are asked for at once, as by one `Promise.all`, are read by one request to the table. */
import { getItem, getItems, type ItemKey, type Table } from "./table.ts";

interface Reading {
  keys: Map<string, ItemKey>;
  items: Promise<Map<string, unknown>>;
}

const nameOf = ({ PK, SK }: ItemKey) => `${PK} ${SK}`;

/** For a function that may `BatchGetItem`. What cannot be read is unreadable to all who asked in the same turn. */
export function joinReads(table: Table): Table {
  let reading: Reading | undefined;

  function begin(): Reading {
    const keys = new Map<string, ItemKey>();
    // Whoever asks before this turn is over is in time.
    const items = Promise.resolve().then(() => {
      reading = undefined;
      return readAll(table, [...keys.values()]);
    });
    return { keys, items };
  }

  return {
    ...table,
    async readItem(key) {
      reading ??= begin();
      const { keys, items } = reading;
      keys.set(nameOf(key), key);
      return (await items).get(nameOf(key));
    },
  };
}

async function readAll(table: Table, keys: ItemKey[]): Promise<Map<string, unknown>> {
  const [only, ...others] = keys;
  const found = only && others.length === 0 ? [await getItem(table, only)] : await getItems(table, keys);
  return new Map(found.flatMap((item) => (item ? [[nameOf(item as ItemKey), item]] : [])));
}
