/** Stripe's idempotency keys: whatever was answered once, a failure too, is the answer for a day. */
import { Stripe } from "stripe";
import type { Agenda } from "./agenda.ts";
import type { Random } from "./random.ts";

interface KeptAnswer {
  fingerprint: string;
  at: number;
  give(): unknown;
}

const KEPT_MS = 24 * 60 * 60 * 1000;

/** @param failures of the requests: those that end in a 500 */
export function createKeptAnswers(agenda: Agenda, random: Random, failures: number) {
  const answers = new Map<string, KeptAnswer>();

  function execute<T>(work: () => T): () => T {
    try {
      if (failures > 0 && random.chance(failures)) throw serverError();
      const answer = structuredClone(work());
      return () => structuredClone(answer);
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  return {
    /** The same as it was then: a session that has expired since is still said to be open. */
    answerOnce<T>(key: string | undefined, parameters: unknown, work: () => T): T {
      if (!key) return work();
      const fingerprint = JSON.stringify(parameters);
      const kept = answers.get(key);
      if (kept && agenda.now() - kept.at < KEPT_MS) {
        if (kept.fingerprint !== fingerprint) throw otherParameters(key);
        return kept.give() as T;
      }
      const give = execute(work);
      answers.set(key, { fingerprint, at: agenda.now(), give });
      return give();
    },
  };
}

function serverError() {
  const error = new Stripe.errors.StripeAPIError({ message: "An error occurred", type: "api_error" });
  return Object.assign(error, { statusCode: 500 });
}

function otherParameters(key: string) {
  return new Stripe.errors.StripeIdempotencyError({
    message: `Keys can only be used with the same parameters they were first used with: ${key}`,
    type: "idempotency_error",
  });
}
