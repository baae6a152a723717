/** DynamoDB: dynalite on disk, handed its requests without a second connection. */
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import dynalite from "dynalite";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { requireReadable } from "./database.ts";
import type { AwsReply, AwsRequest, AwsService } from "./wire.ts";

export interface DynamoDb {
  service: AwsService;
  close(): Promise<void>;
}

/** @throws LocalSetupError when the directory is in use or damaged */
export async function startDynamoDb(directory: string): Promise<DynamoDb> {
  await requireReadable(directory);
  const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // dynalite closes its database only while its server listens. Whoever finds the port would find it open to all.
  server.on("connection", (socket: Socket) => socket.destroy());
  await listenOnLoopback(server, 0);

  // dynalite throws out of its callbacks when its database closes under a request.
  const underway = new Set<Promise<AwsReply>>();

  return {
    service(request) {
      const reply = new Promise<AwsReply>((resolve) => passRequest(server, request, resolve));
      underway.add(reply);
      void reply.then(() => underway.delete(reply));
      return reply;
    },
    async close() {
      await Promise.all(underway);
      await closeServer(server);
    },
  };
}

/** Plays the parts of node's request and response that dynalite uses. */
function passRequest(server: EventEmitter, awsRequest: AwsRequest, reply: (reply: AwsReply) => void) {
  const { headers, body } = awsRequest;
  const request = Object.assign(new EventEmitter(), { method: "POST", url: "/", headers });
  const replyHeaders: Record<string, string> = {};
  const response = {
    statusCode: 200,
    setHeader: (name: string, value: string | number) => {
      replyHeaders[name.toLowerCase()] = String(value);
    },
    end: (text = "") => reply({ status: response.statusCode, headers: replyHeaders, body: text }),
  };
  server.emit("request", request, response);
  request.emit("data", Buffer.from(body));
  request.emit("end");
}
