/** `/api/dead-letters`: what could not be done, its redrive, and its removal. */
import type { Router } from "express";
import * as z from "zod";
import type { DeadLetterPorts } from "#handlers/composition.ts";
import { type DeadLetter, executionOf } from "#workflow/dead-letters/read.ts";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import { redriveLetter, removeLetter } from "../acts/letters.ts";
import type { LetterReader } from "../records/dead-letters.ts";
import type { Standings } from "../records/standings.ts";
import type { LetterCount, Redriven } from "./contract.ts";
import { lettersSchema, readFilter } from "./letter-filter.ts";
import { Refusal, readAs, sign } from "./refusal.ts";

export interface DeadLetterParts {
  letters: LetterReader;
  /** The same as `npm run dead-letters` works with. */
  ports: DeadLetterPorts;
  standings: Standings;
  ledger: Ledger;
}

/** `before`: how many of the list come before the page. */
const pageSchema = lettersSchema.extend({ before: z.coerce.number().int().min(0).default(0) });

export function addDeadLetterRoutes(router: Router, parts: DeadLetterParts): void {
  const { letters, ports, ledger } = parts;

  router.get("/dead-letters", async (request, response) => {
    const { before, ...asked } = readAs(pageSchema, request.query);
    response.json(await letters.listDeadLetters(readFilter(asked), before));
  });

  /** Without reading them, for every page's tab. */
  router.get("/dead-letters/count", async (_request, response) => {
    response.json({ total: await ports.queue.countDeadLetters() } satisfies LetterCount);
  });

  router.post("/dead-letters/:messageId/redrive", async (request, response) => {
    const signed = sign(ledger, request.body);
    const letter = await findLetter(request.params.messageId, parts);
    const executionName = await redriveLetter(letter, signed, ports);
    if (!executionName) throw new Refusal(409, "There is nothing left that this letter could start again.");
    letters.forgetLastLook();
    response.json({ executionName } satisfies Redriven);
  });

  /** A letter is the only sign of a purchase that failed, so it stays until its execution has succeeded. */
  router.post("/dead-letters/:messageId/delete", async (request, response) => {
    const signed = sign(ledger, request.body);
    const letter = await findLetter(request.params.messageId, parts);
    await requireSuccess(letter, parts);
    if (!(await removeLetter(letter, signed, ports))) throw notThere();
    letters.forgetLastLook();
    response.json({});
  });
}

async function findLetter(messageId: string, { ports }: DeadLetterParts): Promise<DeadLetter> {
  const letter = (await ports.queue.peekDeadLetters()).find((one) => one.messageId === messageId);
  if (!letter) throw notThere();
  return letter;
}

async function requireSuccess(letter: DeadLetter, { standings }: DeadLetterParts): Promise<void> {
  const executionName = executionOf(letter);
  const standing = executionName && (await standings.findStanding(executionName));
  if (!standing || standing.status !== "SUCCEEDED")
    throw new Refusal(409, "The execution has not succeeded yet; until then its dead letter stays.");
}

const notThere = () => new Refusal(404, "That dead letter is no longer in the queue.");
