/** On which addresses a process listens, as the operating system says. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, readlink } from "node:fs/promises";

interface ListeningAddress {
  address: string;
  port: number;
}

export const listListeningAddresses = async (pid: number): Promise<ListeningAddress[]> =>
  existsSync("/proc/net/tcp") ? listFromProc(pid) : listFromLsof(pid);

async function listFromProc(pid: number): Promise<ListeningAddress[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "")),
  );
  const own = new Set(targets.map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1]));
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  return tables.flatMap((table) =>
    table.split("\n").flatMap((line) => {
      const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
      const [host = "", port = ""] = local.split(":");
      return state === LISTEN && own.has(inode)
        ? [{ address: readAddress(host), port: Number.parseInt(port, 16) }]
        : [];
    }),
  );
}

const LISTEN = "0A";

/** Words of four bytes, each in the order of this machine. */
function readAddress(hexadecimal: string): string {
  if (hexadecimal === "00000000000000000000000001000000") return "::1";
  if (hexadecimal.length !== 8) return `IPv6 ${hexadecimal}`;
  return [...Buffer.from(hexadecimal, "hex").reverse()].join(".");
}

/** Without /proc, as on macOS. */
function listFromLsof(pid: number): ListeningAddress[] {
  const lines = execFileSync("lsof", ["-nP", "-a", "-iTCP", "-sTCP:LISTEN", "-p", String(pid), "-Fn"], {
    encoding: "utf8",
  });
  return [...lines.matchAll(/^n(.+):(\d+)$/gm)].map(([, address = "", port]) => ({
    address: address.replace(/^\[(.+)\]$/, "$1"),
    port: Number(port),
  }));
}
