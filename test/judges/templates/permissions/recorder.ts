/** Between the deployed functions and the AWS of a running stack: notes each call, and hands it on. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type Call, readCall } from "./calls.ts";

interface Reply {
  status: number;
  body: string;
}

/** What a call is answered instead of asking the running stack. */
export interface Answer {
  /** E.g. `states:RedriveExecution`. */
  action: string;
  status: number;
  body: object;
}

interface Recorder {
  url: string;
  /** The next calls of these actions are answered here, one after another. */
  answer(...answers: Answer[]): void;
  /**
   * @returns all that was called since it was last asked
   * @throws Error when an answer was not used up
   */
  take(): Call[];
  close(): Promise<void>;
}

/** @param awsUrl of the running stack */
export async function startRecorder(awsUrl: string): Promise<Recorder> {
  let calls: Call[] = [];
  const waiting: Answer[] = [];

  function findAnswer(action: string): Reply | undefined {
    const at = waiting.findIndex((answer) => answer.action === action);
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    return found && { status: found.status, body: JSON.stringify(found.body) };
  }

  const server = createServer((incoming, outgoing) => {
    void buffer(incoming).then(async (body) => {
      const call = readCall(incoming.headers, body.toString());
      calls.push(call);
      const reply = findAnswer(call.action) ?? (await handOn(awsUrl, incoming.headers, body));
      outgoing.writeHead(reply.status, { "content-type": String(incoming.headers["content-type"]) });
      // Whoever is told where a queue is goes there past this, otherwise.
      outgoing.end(reply.body.replaceAll(awsUrl, urlOf(server)));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: urlOf(server),
    answer: (...answers) => waiting.push(...answers),
    take() {
      const [unused] = waiting;
      if (unused) throw new Error(`${unused.action} was not called.`);
      const taken = calls;
      calls = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const urlOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;

/** With the headers as they came, which are signed. */
function handOn(awsUrl: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request(awsUrl, { method: "POST", headers }, (answer) => {
      void buffer(answer).then((text) =>
        resolve({ status: answer.statusCode ?? 500, body: text.toString() }),
      );
    });
    call.once("error", reject);
    call.end(body);
  });
}
