/** What AWS and Stripe allow by default, in us-east-1, and what this deployment allows itself: looked up in November 2026. */

import { RESERVED_CONCURRENCY } from "#infra/aws/reserved-concurrency.ts";
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { THROTTLES, type Throttle } from "#infra/deployment/throttles.ts";

/** A bucket of tokens: so many a second come in, and so many are kept. */
export interface Rate {
  words: string;
  setBy: "AWS" | "Stripe" | "us";
  perSecond: number;
  burst: number;
}

/** How many at a time. */
interface Concurrency {
  words: string;
  setBy: "AWS" | "us";
  most: number;
}

const rate = (setBy: Rate["setBy"], words: string, perSecond: number, burst = perSecond): Rate => ({
  words,
  setBy,
  perSecond,
  burst,
});
const throttle = (words: string, { rate, burst } = NO_THROTTLE): Rate => ({
  words,
  setBy: "us",
  perSecond: rate,
  burst,
});
/** Of an HTTP API in an account: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const NO_THROTTLE: Throttle = { rate: 10_000, burst: 5_000 };

const DEFAULT_RATES = {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  startExecution: rate("AWS", "Step Functions: StartExecution", 300, 1_300),
  redriveExecution: rate("AWS", "Step Functions: RedriveExecution", 300, 1_300),
  describeExecution: rate("AWS", "Step Functions: DescribeExecution", 15, 300),
  stateTransitions: rate("AWS", "Step Functions: state transitions", 5_000),
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
  partitionWrites: rate("AWS", "DynamoDB: write units of a partition", 1_000),
  partitionReads: rate("AWS", "DynamoDB: read units of a partition", 3_000),
  // Of a table on demand that is new; one that has seen more takes more.
  tableWrites: rate("AWS", "DynamoDB: write units of the table", 4_000),
  tableReads: rate("AWS", "DynamoDB: read units of the table", 12_000),
  // https://docs.stripe.com/rate-limits
  stripe: rate("Stripe", "Stripe: API calls", 100),
  webhookRequests: throttle("HTTP API: webhook", THROTTLES["POST /api/webhooks/stripe"]),
  followRequests: throttle(
    "HTTP API: following a purchase",
    THROTTLES["GET /api/checkout/session/{sessionId}"],
  ),
} satisfies Record<string, Rate>;

const DEFAULT_CONCURRENCY = {
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  account: { words: "Lambda: concurrency of the account", setBy: "AWS", most: 1_000 },
  webhook: { words: "Lambda: reserved for the webhook", setBy: "us", most: RESERVED_CONCURRENCY.webhook },
  api: { words: "Lambda: reserved for the API", setBy: "us", most: RESERVED_CONCURRENCY.api },
  overflowConsumer: {
    words: "Lambda: consumers of the overflow queue",
    setBy: "us",
    most: OVERFLOW_CONSUMER.maxConcurrency,
  },
} satisfies Record<string, Concurrency>;

export type RateName = keyof typeof DEFAULT_RATES;
export type ConcurrencyName = keyof typeof DEFAULT_CONCURRENCY;
export type QuotaName = RateName | ConcurrencyName;

export interface Quotas {
  rates: Record<RateName, Rate>;
  concurrency: Record<ConcurrencyName, Concurrency>;
  /** False where the account has too little to reserve any. */
  isReserved: boolean;
}

export const DEFAULT_QUOTAS: Quotas = {
  rates: DEFAULT_RATES,
  concurrency: DEFAULT_CONCURRENCY,
  isReserved: true,
};

/** An account that is days old, deployed with `-c reservedConcurrency=off`. */
export const NEW_ACCOUNT: Quotas = {
  rates: DEFAULT_RATES,
  concurrency: { ...DEFAULT_CONCURRENCY, account: { ...DEFAULT_CONCURRENCY.account, most: 10 } },
  isReserved: false,
};

export const TEST_MODE: Quotas = {
  ...DEFAULT_QUOTAS,
  rates: { ...DEFAULT_RATES, stripe: { ...DEFAULT_RATES.stripe, perSecond: 25, burst: 25 } },
};

/** @returns the same with one of them twice as high */
export function doubled(quotas: Quotas, name: QuotaName): Quotas {
  const { rates, concurrency } = quotas;
  if (name in rates) {
    const { perSecond, burst, ...rest } = rates[name as RateName];
    return {
      ...quotas,
      rates: { ...rates, [name]: { ...rest, perSecond: 2 * perSecond, burst: 2 * burst } },
    };
  }
  const { most, ...rest } = concurrency[name as ConcurrencyName];
  return { ...quotas, concurrency: { ...concurrency, [name]: { ...rest, most: 2 * most } } };
}

export const QUOTA_NAMES = [
  ...Object.keys(DEFAULT_RATES),
  ...Object.keys(DEFAULT_CONCURRENCY),
] as QuotaName[];

export const wordsOf = (name: QuotaName): string =>
  ({ ...DEFAULT_RATES, ...DEFAULT_CONCURRENCY })[name].words;
