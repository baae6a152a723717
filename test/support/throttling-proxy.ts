/** Stands before Step Functions and lets StartExecution through at a quota, as AWS does: a bucket that fills at a rate. */
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface ThrottlingProxy {
  url: string;
  /** How many requests were turned away so far. */
  throttled: () => number;
  close(): Promise<void>;
}

/** @param quota `perSecond` and `burst` in calls of StartExecution */
export async function startThrottlingProxy(
  targetUrl: string,
  { perSecond, burst }: { perSecond: number; burst: number },
): Promise<ThrottlingProxy> {
  let tokens = burst;
  let filledAt = performance.now();
  let throttled = 0;

  function takeToken(): boolean {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  }

  const server = createServer((incoming, response) => {
    if (incoming.headers["x-amz-target"] === "AWSStepFunctions.StartExecution" && !takeToken()) {
      throttled += 1;
      incoming.resume();
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: "ThrottlingException", message: "Rate exceeded" }));
      return;
    }
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
    throttled: () => throttled,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
