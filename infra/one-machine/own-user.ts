/** Keeps a local server to the user who runs it: a loopback address is every user's of the machine. */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { canTellUsers, type FindOwner, findOwner } from "./peer-owner.ts";

export interface Watch {
  /** Whose server it is. */
  user: number | undefined;
  findOwner: FindOwner;
}

/** Root is let in: it can read the key and the data anyway, and relays to this machine (WSL, containers) run as root. */
const ROOT = 0;

const SENTENCE = "This server answers only the user who has started it.\n";
const REFUSAL = `HTTP/1.1 403 Forbidden\r
content-type: text/plain\r
content-length: ${SENTENCE.length}\r
connection: close\r
\r
${SENTENCE}`;

/** How long a refused caller may take to read why. */
const LINGERING_MS = 1_000;

const DEFAULT_WATCH: Watch = { user: process.getuid?.(), findOwner };

/**
 * Looks at each connection once, before anything of it is read as a request.
 * @param watch undefined where the operating system does not say whose a connection is: then all are let in
 */
export function keepToOwnUser(
  server: Server,
  watch: Watch | undefined = canTellUsers ? DEFAULT_WATCH : undefined,
): void {
  if (!watch) return;
  const serve = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    // Whoever hangs up while we look is no concern of anybody.
    socket.on("error", hangUp);
    void isWelcome(socket, watch).then((welcome) => {
      if (socket.destroyed || !server.listening) return void socket.destroy();
      if (!welcome) return refuse(socket);
      socket.off("error", hangUp);
      for (const listener of serve) listener.call(server, socket);
    });
  });
}

/** Who cannot be found is refused: on one machine every caller is in the tables. */
const isWelcome = (socket: Socket, { user, findOwner }: Watch) =>
  findOwner(socket).then(
    (owner) => owner !== undefined && (owner === user || owner === ROOT),
    () => false,
  );

function hangUp(this: Socket): void {
  this.destroy();
}

function refuse(socket: Socket): void {
  // Unread bytes would make of the end a reset, which takes the sentence with it.
  socket.resume().end(REFUSAL);
  const hangingUp = setTimeout(() => socket.destroy(), LINGERING_MS);
  socket.once("end", hangUp).once("close", () => clearTimeout(hangingUp));
}
