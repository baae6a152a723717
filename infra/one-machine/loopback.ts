/** Keeps a local server to this machine: where it listens, which hosts it answers for, how it ends. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Listens on 127.0.0.1 only.
 * @param port 0 means any free port
 * @returns the port that it got
 * @throws the operating system's error, e.g. `EADDRINUSE`
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops listening and ends every connection, kept-alive ones too. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Whether a host is this machine. Of a request, its Host header counts: a page elsewhere can make its own name resolve to
 * 127.0.0.1 and then read our answers as its own (DNS rebinding), but the header still carries that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}
