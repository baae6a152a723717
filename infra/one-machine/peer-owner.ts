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

type Table = "tcp" | "tcp6";

/** Linux has them. Elsewhere nothing tells users apart. */
export const canTellUsers = existsSync("/proc/net/tcp");

/** A table that changes while it is read may miss a row, though hardly ever twice. */
const READINGS = 3;

/** @param readTable takes milliseconds */
export function createFindOwner(readTable: (table: Table) => Promise<string>): FindOwner {
  const read = { tcp: shareReading(() => readTable("tcp")), tcp6: shareReading(() => readTable("tcp6")) };

  return async (ends) => {
    // A client may come to 127.0.0.1 through a socket of either family.
    const tables: Table[] = ends.remoteAddress?.includes(":") ? ["tcp6"] : ["tcp", "tcp6"];
    for (let reading = 0; reading < READINGS; reading++) {
      for (const table of tables) {
        const owner = ownerIn(await read[table](), ends);
        if (owner !== undefined) return owner;
      }
    }
    return undefined;
  };
}

/** However many ask, one reading is under way at most; each gets one that began after it asked. */
function shareReading(read: () => Promise<string>): () => Promise<string> {
  let next: Promise<string> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    next ??= last.then(() => {
      next = undefined;
      const reading = read();
      last = reading.catch(() => undefined);
      return reading;
    });
    return next;
  };
}

// Without IPv6 there is no second table.
export const findOwner = createFindOwner(async (table) =>
  existsSync(`/proc/net/${table}`) ? readFile(`/proc/net/${table}`, "latin1") : "",
);

/** @param table rows of: number, local end, remote end, state, queues, timer, retransmissions, user, timeout, inode */
function ownerIn(table: string, { remoteAddress, remotePort = 0, localPort = 0 }: Ends): number | undefined {
  const row = new RegExp(
    `: ([0-9A-F]+):${portOf(remotePort)} [0-9A-F]+:${portOf(localPort)}(?: +\\S+){4} +(\\d+) +\\d+ +(\\d+)`,
    "g",
  );
  for (const [, address = "", user, inode] of table.matchAll(row)) {
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
