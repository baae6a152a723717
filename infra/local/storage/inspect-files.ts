/**
 * Looks at a LevelDB database before it is opened: opening one replaces without a word what is missing, and drops what it
 * cannot read.
 */
import { copyFile, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { LocalSetupError } from "#infra/local/settings.ts";
import { damaged } from "./explain-failure.ts";
import { readLogRecords } from "./log-records.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { takeSizesAtClose } from "./sizes-at-close.ts";

/** What of a database is in files of these names. */
const LOG = /^(\d+)\.log$/;
const TABLE = /^(\d+)\.(ldb|sst)$/;

/**
 * Of a log that cannot be read to its end a copy is kept beside it.
 * @returns a sentence for each log of which something is lost, with which the database can be opened all the same
 * @throws LocalSetupError when opening it would lose more than is lost
 */
export async function inspectFiles(directory: string): Promise<string[]> {
  const files = await readdir(directory);
  // A new one has its manifest first, and nothing else before CURRENT.
  if (!files.some((file) => file === "CURRENT" || LOG.test(file) || TABLE.test(file))) return [];
  const { logNumber, tables } = await findManifest(directory, files);
  await requireTables(directory, files, tables);
  const logs = files.filter((file) => LOG.test(file) && numberOf(file) >= logNumber);
  if (logNumber > 0 && !logs.some((log) => numberOf(log) === logNumber)) {
    refuse(directory, `its file ${nameOf(logNumber)}.log is missing`);
  }
  const sizesAtClose = await takeSizesAtClose(directory);
  const losses = await Promise.all(logs.map((log) => inspectLog(directory, log, sizesAtClose[log] ?? 0)));
  return losses.flat();
}

async function findManifest(directory: string, files: string[]): Promise<Manifest> {
  const newest = files
    .filter((file) => file.startsWith("MANIFEST-"))
    .sort()
    .at(-1);
  if (!files.includes("CURRENT")) {
    const cure = newest && `; \`echo ${newest} > ${path.join(directory, "CURRENT")}\` brings it back`;
    refuse(directory, `its file CURRENT is missing${cure ?? ""}`);
  }
  const named = (await readFile(path.join(directory, "CURRENT"), "utf8")).trimEnd();
  if (!files.includes(named)) refuse(directory, "its file CURRENT names no manifest that is there");
  return (
    readManifest(await readFile(path.join(directory, named))) ??
    refuse(directory, `its file ${named} cannot be read`)
  );
}

async function requireTables(directory: string, files: string[], tables: Manifest["tables"]): Promise<void> {
  const names = new Map(files.flatMap((file) => (TABLE.test(file) ? [[numberOf(file), file]] : [])));
  for (const [number, size] of tables) {
    const file = names.get(number);
    if (!file) refuse(directory, `its file ${nameOf(number)}.ldb is missing`);
    const found = await stat(path.join(directory, file));
    if (found.size < size)
      refuse(directory, `its file ${file} lacks ${size - found.size} of its ${size} bytes`);
  }
}

async function inspectLog(directory: string, log: string, sizeAtClose: number): Promise<string[]> {
  const file = path.join(directory, log);
  const content = await readFile(file);
  const { unreadableBytes } = readLogRecords(content);
  const missingBytes = Math.max(0, sizeAtClose - content.length);
  if (unreadableBytes + missingBytes === 0) return [];
  await copyFile(file, `${file}.damaged`);
  const facts = [
    ...(missingBytes ? [`${missingBytes} bytes at its end are missing`] : []),
    ...(unreadableBytes ? [`${unreadableBytes} of its bytes cannot be read`] : []),
  ];
  return [
    `Some data is lost: ${file} was cut or altered, or its process ended in the midst of a write. ${facts.join(" and ")}. ` +
      `Bursar goes on without them, and keeps the file as ${log}.damaged.`,
  ];
}

const numberOf = (file: string) => Number.parseInt(file, 10);
const nameOf = (number: number) => String(number).padStart(6, "0");

function refuse(directory: string, fault: string): never {
  throw new LocalSetupError(damaged(directory, fault));
}
