/** What a deployment costs a month when nobody buys anything. */
import { ALARMS, type AlarmDefinition } from "#infra/deployment/alarms.ts";
import { ANSWERS } from "#infra/deployment/metrics.ts";
import { LIST_PRICES as PRICE } from "#test/support/list-prices.ts";

/** Stripe's keys and the copy of its signing secret. */
const SECRETS = 2;
const COPIES_A_MONTH = (30 * 24 * 60) / 5;

interface StandingCost {
  what: string;
  dollars: number;
}

export function standingCosts(): StandingCost[] {
  const looked = Object.values(ALARMS as Record<string, AlarmDefinition>).flatMap(({ metrics }) => metrics);
  const counted = new Set(looked.filter((metric) => metric.startsWith("counted:")));
  // Those of logs, with the letters that were sent.
  const own = counted.size + Object.keys(ANSWERS).length + 1;
  return [
    { what: `${SECRETS} secrets`, dollars: SECRETS * PRICE.secretMonth },
    {
      what: "copying the one to the other every five minutes",
      dollars: COPIES_A_MONTH * (2 * PRICE.secretRead + PRICE.lambdaRequest),
    },
    {
      what: `alarms, by the ${looked.length} metrics that they look at`,
      dollars: looked.length * PRICE.alarmMetricMonth,
    },
    { what: `${own} metrics of Bursar's own that alarms look at`, dollars: own * PRICE.metricMonth },
  ];
}
