/** Stands before a service, sees each request before it is forwarded, and may answer in its place. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ForwardingProxy {
  url: string;
  close(): Promise<void>;
}

/** @param takeOver returns true when it has answered itself */
export async function startForwardingProxy(
  targetUrl: string,
  takeOver: (incoming: IncomingMessage, response: ServerResponse) => boolean,
): Promise<ForwardingProxy> {
  const server = createServer((incoming, response) => {
    if (takeOver(incoming, response)) return;
    const { method, headers, url = "/" } = incoming;
    const forwarded = request(new URL(url, targetUrl), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
