/** `/_bursar/faults`: makes chosen requests go wrong, so that one can see what becomes of a purchase then. Not part of AWS. */
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { errorReply } from "./json-service.ts";
import { type AwsReply, type AwsService, ServiceError } from "./wire.ts";

export const FAULTS_PATH = "/_bursar/faults";

const faultSchema = z.strictObject({
  /** The beginning of X-Amz-Target: a service, e.g. `DynamoDB_20120810.`, or one operation of it; or `Lambda.` and a function's name. */
  target: z.string().min(1),
  kind: z.enum(["refuse", "throttle", "delay", "hang"]),
  /** With `delay`. */
  delayMs: z.int().min(0).max(60_000).optional(),
});

const requestSchema = z.strictObject({ faults: z.array(faultSchema) });

type Fault = z.infer<typeof faultSchema>;

export type Faults = ReturnType<typeof createFaults>;

export function createFaults() {
  let faults: Fault[] = [];
  const findFault = (wanted: string) => faults.find(({ target }) => isMeant(wanted, target));

  return {
    findFault,

    /** The service as it is while these faults stand. */
    guard:
      (service: AwsService): AwsService =>
      async (request) => {
        const fault = findFault(request.target);
        if (fault?.kind === "refuse") return errorReply(refusal(request.target));
        if (fault?.kind === "throttle") return errorReply(throttle());
        // It was taken, and there will be no answer: the caller's patience ends it.
        if (fault?.kind === "hang") return new Promise(() => undefined);
        if (fault) await pause(fault.delayMs ?? 0);
        return service(request);
      },

    /** GET tells the faults that stand; POST `{ faults }` replaces them. */
    control({ method, headers }: Pick<IncomingMessage, "method" | "headers">, body: string): AwsReply {
      // A page elsewhere cannot send this type without being asked first, and nobody answers that question.
      const isOurs = headers["content-type"]?.startsWith("application/json");
      if (method === "POST" && !isOurs) return answer(415, { message: "Send JSON, as application/json." });
      if (method === "POST") {
        const wanted = requestSchema.safeParse(parseJson(body));
        if (!wanted.success) return answer(400, { message: z.prettifyError(wanted.error) });
        ({ faults } = wanted.data);
      }
      return answer(200, { faults });
    },
  };
}

/** One function's name can begin another's: `bursar-webhook` and its queue's consumer. */
const isMeant = (wanted: string, target: string) =>
  target.startsWith("Lambda.") && target !== "Lambda." ? wanted === target : wanted.startsWith(target);

const refusal = (target: string) =>
  new ServiceError("AccessDeniedException", `A fault was set: ${target} is refused.`);

const throttle = () => new ServiceError("ThrottlingException", "A fault was set: Rate exceeded");

const answer = (status: number, body: object): AwsReply => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
