/** Another user of this machine, for what must refuse them. */
import { spawn } from "node:child_process";
import type { Watch } from "#infra/one-machine/own-user.ts";
import { findOwner } from "#infra/one-machine/peer-owner.ts";

/** Only root may start a process as somebody else. */
export const isRoot = process.getuid?.() === 0;

const NOBODY = 65_534;

/** Where nobody else can be played, the server takes itself for somebody else's, and we are the other user. */
export const OTHER_USERS_WATCH: Watch = { user: isRoot ? 0 : NOBODY, findOwner };

/** Sends what it is given in one connection, and prints what comes back until the other side ends it. */
const CLIENT = `
const [host, port, text] = process.argv.slice(1);
const socket = require("node:net").connect({ host, port: Number(port), allowHalfOpen: true }, () => socket.write(text));
socket.on("data", (chunk) => process.stdout.write(chunk)).on("error", () => {});
socket.on("end", () => socket.end());
`;

/** @returns the whole answer, as it came */
export async function askAsOtherUser(host: string, port: number, request: string): Promise<string> {
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(process.execPath, ["-e", CLIENT, host, String(port), request], {
    ...user,
    cwd: "/",
    env: {},
    stdio: ["ignore", "pipe", "inherit"],
  });
  let answer = "";
  child.stdout.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  return answer;
}
