/** Requests that `fetch` would tidy up or refuse: another Host, dots in the path, a body of the test's own bytes. */
import { type RequestOptions, request } from "node:http";

interface RawAnswer {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
  bytes: Buffer;
}

export function sendRaw(
  port: number,
  options: RequestOptions,
  body?: Uint8Array | string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one kept alive may be closed by the server just as it is used again.
    const sent = request({ host: "127.0.0.1", port, agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: answer.statusCode, headers: answer.headers, body: bytes.toString(), bytes });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
