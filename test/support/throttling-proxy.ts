/** Stands before Step Functions and lets StartExecution through at a quota, as AWS does: a bucket that fills at a rate. */
import { type ForwardingProxy, startForwardingProxy } from "./forwarding-proxy.ts";

export interface ThrottlingProxy extends ForwardingProxy {
  /** How many requests were turned away so far. */
  throttled: () => number;
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

  const proxy = await startForwardingProxy(targetUrl, (incoming, response) => {
    if (incoming.headers["x-amz-target"] !== "AWSStepFunctions.StartExecution" || takeToken()) return false;
    throttled += 1;
    incoming.resume();
    response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ __type: "ThrottlingException", message: "Rate exceeded" }));
    return true;
  });
  return { ...proxy, throttled: () => throttled };
}
