/** Keeps a local server to this machine and its user: where it listens, which hosts it answers for, how it ends. */
import type { IncomingHttpHeaders, Server } from "node:http";
import { type AddressInfo, createServer, type Server as NetServer } from "node:net";
import { keepToOwnUser, type Watch } from "./own-user.ts";

/** What listens on ::1 for a server that itself listens on 127.0.0.1. */
const companions = new WeakMap<Server, NetServer>();

/**
 * Listens on 127.0.0.1 and ::1 only: `localhost` is either, so that whoever had the other one would get our callers.
 * Answers nobody but the user who runs it, where the operating system tells users apart.
 * @param port 0 means any free port
 * @param watch how callers are told apart; by the operating system unless given
 * @returns the port that it got
 * @throws the operating system's error, e.g. `EADDRINUSE` when somebody else has the port on one of the addresses
 */
export function listenOnLoopback(server: Server, port: number, watch?: Watch): Promise<number> {
  keepToOwnUser(server, watch);
  return listenOnBoth(server, port);
}

async function listenOnBoth(server: Server, port: number): Promise<number> {
  const got = await listen(server, port, "127.0.0.1");
  const companion = createServer((socket) => server.emit("connection", socket));
  try {
    await listen(companion, got, "::1");
  } catch (error) {
    if (hasNoIpv6(error)) return got;
    await closeServer(server);
    // Any port was good, and the next one may be free on both.
    if (port === 0 && isTaken(error)) return listenOnBoth(server, 0);
    throw error;
  }
  companions.set(server, companion);
  return got;
}

function listen(server: NetServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);
const isTaken = (error: unknown) => codeOf(error) === "EADDRINUSE";
const hasNoIpv6 = (error: unknown) =>
  ["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"].includes(String(codeOf(error)));

/** Stops listening and ends every connection, kept-alive ones too. */
export async function closeServer(server: Server): Promise<void> {
  const companion = companions.get(server);
  companions.delete(server);
  await Promise.all([
    new Promise((resolve) => {
      if (companion) companion.close(resolve);
      else resolve(undefined);
    }),
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  ]);
}

/**
 * Whether a browser sends this for a page of another address, which then asks as if it were the person in front of it.
 * Programs send neither header.
 */
export function isFromAnotherSite(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const isOwnSite = site === undefined || site === "same-origin" || site === "none";
  return !isOwnSite || (origin !== undefined && origin !== `http://${host}`);
}

/**
 * Whether a host is this machine. Of a request, its Host header counts: a page elsewhere can make its own name resolve to
 * 127.0.0.1 and then read our answers as its own (DNS rebinding), but the header still carries that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}
