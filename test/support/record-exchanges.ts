/** Stands between a client and a server of HTTP, and keeps what goes over the wire as it is. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  method: string;
  /** With its query, e.g. `/v1/events?limit=10`. */
  path: string;
  headers: Record<string, string>;
  /** As it was sent; empty for none. */
  requestBody: string;
  status: number;
  /** Parsed; undefined when it is no JSON. */
  body: unknown;
}

export interface Recorder {
  url: string;
  /** In the order in which they were answered. */
  exchanges: Exchange[];
  close(): Promise<void>;
}

/** @param target where everything is passed on to, e.g. `http://localhost:12111` */
export async function startRecorder(target: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    void passOn(request, target).then(({ exchange, text, type }) => {
      exchanges.push(exchange);
      response.writeHead(exchange.status, { "content-type": type }).end(text);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const HOP_BY_HOP = new Set(["connection", "content-length", "host", "transfer-encoding"]);

async function passOn(request: IncomingMessage, target: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const requestBody = Buffer.concat(chunks).toString();
  const { method = "GET", url: path = "/" } = request;
  const named = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name));
  const headers = Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
  const response = await fetch(target + path, { method, headers, ...(requestBody && { body: requestBody }) });
  const text = await response.text();
  const exchange = { method, path, headers, requestBody, status: response.status, body: parse(text) };
  return { exchange, text, type: response.headers.get("content-type") ?? "text/plain" };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
