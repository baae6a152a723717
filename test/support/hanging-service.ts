/** A service that takes the connection and never answers, or never comes to the end of it. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

interface HangingService {
  url: string;
  /** How many connections it has taken. */
  taken: () => number;
  close(): Promise<void>;
}

/** @param begins what it answers with, whose headers then never end; nothing unless given */
export async function startHangingService(begins = ""): Promise<HangingService> {
  const sockets = new Set<Socket>();
  let taken = 0;
  const server = createServer((socket) => {
    taken += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.once("data", () => begins && trickle(socket, begins));
    socket.resume();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    taken: () => taken,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function trickle(socket: Socket, begins: string): void {
  socket.write(begins);
  const more = setInterval(() => socket.write("x-more: to come\r\n"), 10);
  socket.on("close", () => clearInterval(more));
}
