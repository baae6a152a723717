/** What AWS counts requests with: a bucket that fills at its rate, and from which each request takes. */

interface Size {
  perSecond: number;
  burst: number;
}

export interface TokenBucket {
  /** @returns false, and nothing taken, when there are too few */
  take(amount?: number): boolean;
  /** Takes in any case. @returns milliseconds until what was taken will have come in */
  owe(amount?: number): number;
  isFull(): boolean;
}

/** @param now milliseconds */
export function createTokenBucket({ perSecond, burst }: Size, now: () => number): TokenBucket {
  let tokens = burst;
  let at = now();

  function fill(): void {
    tokens = Math.min(burst, tokens + ((now() - at) / 1000) * perSecond);
    at = now();
  }

  return {
    take(amount = 1) {
      fill();
      // One request may be larger than the bucket, and must not wait for ever.
      if (tokens < Math.min(amount, burst)) return false;
      tokens -= amount;
      return true;
    },
    owe(amount = 1) {
      fill();
      tokens -= amount;
      return tokens < 0 ? (-tokens / perSecond) * 1000 : 0;
    },
    isFull() {
      fill();
      return tokens >= burst;
    },
  };
}
