/** How Stripe's stand-in misbehaves, until it is mended. */
import type { StripeKnobs } from "#infra/operate/console/contract.ts";
import { Button } from "./Button.tsx";
import { NumberField, SelectField } from "./Field.tsx";

const SWITCHES: [knob: "paused" | "dropDeliveries", words: string][] = [
  ["paused", "Hold deliveries back"],
  ["dropDeliveries", "Lose deliveries of new events"],
];

const NUMBERS: [knob: "duplicates" | "delayMs" | "apiDelayMs", words: string][] = [
  ["duplicates", "Extra copies of each event"],
  ["delayMs", "Milliseconds before a delivery"],
  ["apiDelayMs", "Milliseconds before the API answers"],
];

type ApiFault = Pick<StripeKnobs, "failApi" | "hangApi" | "cutApi">;

const NOTHING: ApiFault = { failApi: null, hangApi: null, cutApi: null };
const CHECKOUTS = { method: "POST", path: "/v1/checkout/sessions", count: 1 } as const;

const API_FAULTS: Record<string, [words: string, fault: ApiFault]> = {
  none: ["works", NOTHING],
  fail: ["answers 500", { ...NOTHING, failApi: { status: 500 } }],
  keep: [
    "answers the next checkout with 500 and keeps that answer",
    { ...NOTHING, failApi: { ...CHECKOUTS, status: 500, moment: "during" } },
  ],
  late: [
    "opens the next checkout and answers 500",
    { ...NOTHING, failApi: { ...CHECKOUTS, status: 500, moment: "after" } },
  ],
  throttle: ["answers 429", { ...NOTHING, failApi: { status: 429 } }],
  hang: ["takes requests and never answers", { ...NOTHING, hangApi: {} }],
  cut: ["cuts connections", { ...NOTHING, cutApi: {} }],
};

const MOMENTS = { before: "fail", during: "keep", after: "late" };

function nameOf({ failApi, hangApi, cutApi }: StripeKnobs): string {
  if (hangApi) return "hang";
  if (cutApi) return "cut";
  if (!failApi) return "none";
  return failApi.status === 429 ? "throttle" : MOMENTS[failApi.moment ?? "before"];
}

interface StripeKnobsFormProps {
  knobs: StripeKnobs;
  onChange: (knobs: Partial<StripeKnobs>) => void;
}

export function StripeKnobsForm({ knobs, onChange }: StripeKnobsFormProps) {
  return (
    <section aria-label="Stripe" className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-base">Stripe</h2>
      {SWITCHES.map(([knob, words]) => (
        <label key={knob} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={knobs[knob]}
            onChange={(event) => onChange({ [knob]: event.target.checked })}
            className="size-4"
          />
          {words}
        </label>
      ))}
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          words="Stripe's API"
          value={nameOf(knobs)}
          options={Object.entries(API_FAULTS).map(([name, [words]]) => [name, words])}
          onChange={(name) => onChange(API_FAULTS[name]?.[1] ?? NOTHING)}
        />
        {NUMBERS.map(([knob, words]) => (
          <NumberField
            key={knob}
            words={words}
            value={knobs[knob]}
            max={knob === "duplicates" ? 100 : 60_000}
            onChange={(value) => onChange({ [knob]: value })}
          />
        ))}
      </div>
      {knobs.sessionsWithoutStatus.map((checkoutSessionId) => (
        <p
          key={checkoutSessionId}
          className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad"
        >
          <span className="break-all">
            <code className="font-mono">{checkoutSessionId}</code> is shown without a status
          </span>
          <Button
            onClick={() =>
              onChange({
                sessionsWithoutStatus: knobs.sessionsWithoutStatus.filter((id) => id !== checkoutSessionId),
              })
            }
          >
            Mend
          </Button>
        </p>
      ))}
    </section>
  );
}
