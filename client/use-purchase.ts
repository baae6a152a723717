/** Follows a purchase until it has ended, by asking the API again and again. Nothing here claims what the API did not. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { CheckoutStatusAnswer, Stage } from "#workflow/contract.ts";
import { checkEnrollment, getCheckoutStatus } from "./api.ts";
import { type ApiError, isFinal, toApiError } from "./api-error.ts";
import { pauseBefore } from "./question-pauses.ts";
import { isUnfinished } from "./unfinished-purchases.ts";

interface PurchaseView {
  /** The last answer; undefined while there has been none. */
  purchase?: CheckoutStatusAnswer | undefined;
  /** Where the course is taken, once it is the student's and if it is taken elsewhere. */
  accessUrl?: string | undefined;
  /** Why the last question got no answer. */
  problem?: ApiError | undefined;
}

/** Asks once. @throws ApiError when asking again cannot help */
export async function readPurchase(checkoutSessionId: string, signal?: AbortSignal): Promise<PurchaseView> {
  try {
    const purchase = await getCheckoutStatus(checkoutSessionId, signal);
    if (!purchase.enrolled) return { purchase };
    // Without it the course's own page leads on.
    const check = await checkEnrollment(purchase.courseId).catch(() => undefined);
    return { purchase, accessUrl: check?.accessUrl };
  } catch (error) {
    if (isFinal(error)) throw error;
    return { problem: toApiError(error) };
  }
}

/** Whoever was told to wait waits that long, at least. */
const pauseAfter = ({ problem }: PurchaseView, attempt: number) =>
  Math.max(pauseBefore(attempt), (problem?.retryAfterSeconds ?? 0) * 1000);

const mayStillChange = ({ purchase, problem }: PurchaseView) =>
  !(problem && isFinal(problem)) && (!purchase || isUnfinished(purchase.stage));

interface FollowedPurchase extends PurchaseView {
  isChecking: boolean;
  /** Asks at once instead of waiting out the pause. */
  checkNow: () => void;
}

/** @param first what the page already knows */
export function usePurchase(checkoutSessionId: string, first: PurchaseView): FollowedPurchase {
  const [view, setView] = useState(first);
  const [isChecking, setChecking] = useState(false);
  const latest = useRef(first);
  const checkNow = useRef(() => {});

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempt = 0;

    const wait = () => {
      if (mayStillChange(latest.current))
        timer = setTimeout(() => void check(), pauseAfter(latest.current, attempt++));
    };

    const check = async () => {
      clearTimeout(timer);
      timer = undefined;
      setChecking(true);
      const answer = await readPurchase(checkoutSessionId, leaving.signal).catch((error: unknown) => ({
        problem: toApiError(error),
      }));
      if (leaving.signal.aborted) return;
      const previous = latest.current.purchase;
      latest.current = { purchase: previous, ...answer };
      if (latest.current.purchase?.stage !== previous?.stage) attempt = 0;
      setView(latest.current);
      setChecking(false);
      wait();
    };

    /** Only while waiting: a question that is under way answers soon enough. */
    checkNow.current = () => {
      if (timer === undefined) return;
      attempt = 0;
      void check();
    };
    const onReturn = () => {
      const mayAsk = latest.current.problem?.retryAfterSeconds === undefined;
      if (mayAsk && document.visibilityState === "visible") checkNow.current();
    };
    window.addEventListener("online", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    wait();

    return () => {
      leaving.abort();
      clearTimeout(timer);
      window.removeEventListener("online", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [checkoutSessionId]);

  return { ...view, isChecking, checkNow: useCallback(() => checkNow.current(), []) };
}

/** How long a payment may go without an enrollment before the student is owed a word about it. */
export const SLOW_AFTER_MS = 20_000;

/** True once the page has shown the same stage for that long. */
export function useSlowness(stage: Stage | undefined): boolean {
  const [slowStage, setSlowStage] = useState<Stage>();
  useEffect(() => {
    const timer = setTimeout(() => setSlowStage(stage), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [stage]);
  return stage !== undefined && slowStage === stage;
}
