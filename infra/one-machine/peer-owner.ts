/** Whose a connection is that comes from this machine, by the operating system's tables of sockets. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { SocketAddress } from "node:net";

/** The two ends, as a server's socket has them. */
export interface Ends {
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
  localPort?: number | undefined;
}

/** @returns the user's number; undefined: nobody's, or no longer anybody's */
export type FindOwner = (ends: Ends) => Promise<number | undefined>;

/** A client may reach 127.0.0.1 through a socket of either family. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Linux has them. Elsewhere nothing tells users apart. */
export const canTellUsers = existsSync("/proc/net/tcp");

/** A table that changes while it is read may miss a row, though hardly ever twice. */
const READINGS = 3;

/** Reads the tables at most once at a time, however many connections come: they take milliseconds. */
export function createFindOwner(readTables: () => Promise<string>): FindOwner {
  let next: Promise<string> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** A reading that began before a connection was there would not have it. */
  function readAnew(): Promise<string> {
    next ??= last.then(() => {
      next = undefined;
      const reading = readTables();
      last = reading.catch(() => undefined);
      return reading;
    });
    return next;
  }

  return async (ends) => {
    for (let reading = 0; reading < READINGS; reading++) {
      const owner = ownerIn(await readAnew(), ends);
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
}

export const findOwner = createFindOwner(async () => {
  // Without IPv6 there is no second table.
  const tables = TABLES.filter((table) => existsSync(table)).map((table) => readFile(table, "latin1"));
  return (await Promise.all(tables)).join("\n");
});

/** @param tables rows of: number, local end, remote end, state, queues, timer, retransmissions, user, timeout, inode */
export function ownerIn(
  tables: string,
  { remoteAddress, remotePort = 0, localPort = 0 }: Ends,
): number | undefined {
  const row = new RegExp(
    `: ([0-9A-F]+):${portOf(remotePort)} [0-9A-F]+:${portOf(localPort)}(?: +\\S+){4} +(\\d+) +\\d+ +(\\d+)`,
    "g",
  );
  for (const [, address = "", user, inode] of tables.matchAll(row)) {
    // What its process has closed has no inode, and says 0, root's number, for whoever it was.
    if (inode !== "0" && readAddress(address) === remoteAddress) return Number(user);
  }
  return undefined;
}

const portOf = (port: number) => port.toString(16).toUpperCase().padStart(4, "0");

/** @param hexadecimal words of four bytes, each with its last byte first */
function readAddress(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, "hex").swap32();
  if (bytes.length === 4) return bytes.join(".");
  const groups = bytes.toString("hex").match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ family: "ipv6", address: groups.join(":") });
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}
