/** Makes a dependency of this machine go wrong on purpose, and mends it again. */
import { useState } from "react";
import type { Fault, FaultKind, Faults, StripeKnobs } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { Button } from "../components/Button.tsx";
import { NumberField, SelectField } from "../components/Field.tsx";
import { Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { useAction } from "../use-action.ts";
import { useLive } from "../use-live.ts";

const DEPENDENCIES: [target: string, words: string][] = [
  ["DynamoDB_20120810.", "DynamoDB: everything"],
  ["DynamoDB_20120810.PutItem", "DynamoDB: writing enrollments"],
  ["DynamoDB_20120810.UpdateItem", "DynamoDB: linking customers"],
  ["AWSStepFunctions.StartExecution", "Step Functions: starting executions"],
  ["AmazonSQS.SendMessage", "SQS: sending to any queue"],
  ["secretsmanager.", "Secrets Manager: Stripe's keys"],
];

const KINDS: [kind: FaultKind, words: string][] = [
  ["refuse", "refuse (access denied)"],
  ["throttle", "throttle"],
  ["delay", "delay"],
];

export function FaultsPage() {
  const { data, error, refresh } = useLive<Faults>("faults", 3_000);
  const { busy, failure, act } = useAction(refresh);
  const change = (name: string, faults: Partial<Faults>) => act(name, () => post("faults", faults));
  return (
    <Page title="Faults">
      <p className="-mt-2 max-w-prose text-muted">
        What stands here makes purchases go wrong on this machine, until it is mended or the stack is stopped.
      </p>
      {(error ?? failure) ? <Notice tone="bad">{error ?? failure}</Notice> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data?.aws ? (
        <AwsFaults faults={data.aws} busy={busy} onChange={(aws) => change("aws", { aws })} />
      ) : null}
      {data?.stripe ? (
        <Stripe knobs={data.stripe} onChange={(stripe) => change("stripe", { stripe })} />
      ) : null}
    </Page>
  );
}

interface AwsFaultsProps {
  faults: Fault[];
  busy: string | undefined;
  onChange: (faults: Fault[]) => void;
}

function AwsFaults({ faults, busy, onChange }: AwsFaultsProps) {
  const [target, setTarget] = useState(DEPENDENCIES[0]?.[0] ?? "");
  const [kind, setKind] = useState<FaultKind>("refuse");
  const [delayMs, setDelayMs] = useState(2_000);
  const add = () =>
    onChange([
      ...faults.filter((fault) => fault.target !== target),
      { target, kind, ...(kind === "delay" && { delayMs }) },
    ]);
  return (
    <section aria-label="AWS" className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-base">AWS</h2>
      <div className="grid items-end gap-3 sm:grid-cols-[2fr_1fr_1fr_auto]">
        <SelectField words="Dependency" value={target} options={DEPENDENCIES} onChange={setTarget} />
        <SelectField words="shall" value={kind} options={KINDS} onChange={setKind} />
        <NumberField
          words="by milliseconds"
          value={delayMs}
          max={60_000}
          disabled={kind !== "delay"}
          onChange={setDelayMs}
        />
        <Button variant="danger" isBusy={busy === "aws"} onClick={add}>
          Break
        </Button>
      </div>
      {faults.length === 0 ? <p className="text-muted">All of it works.</p> : null}
      <ul className="grid gap-2">
        {faults.map((fault) => (
          <li
            key={fault.target}
            className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad"
          >
            <span>
              <code className="font-mono">{fault.target}</code> {fault.kind}
              {fault.delayMs === undefined ? "" : ` ${fault.delayMs} ms`}
            </span>
            <Button onClick={() => onChange(faults.filter((other) => other !== fault))}>Mend</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const SWITCHES: [knob: "paused" | "dropDeliveries", words: string][] = [
  ["paused", "Hold deliveries back"],
  ["dropDeliveries", "Lose deliveries of new events"],
];

const NUMBERS: [knob: "duplicates" | "delayMs" | "apiDelayMs", words: string][] = [
  ["duplicates", "Extra copies of each event"],
  ["delayMs", "Milliseconds before a delivery"],
  ["apiDelayMs", "Milliseconds before the API answers"],
];

function Stripe({ knobs, onChange }: { knobs: StripeKnobs; onChange: (knobs: StripeKnobs) => void }) {
  return (
    <section aria-label="Stripe" className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-base">Stripe</h2>
      {SWITCHES.map(([knob, words]) => (
        <label key={knob} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={knobs[knob]}
            onChange={(event) => onChange({ ...knobs, [knob]: event.target.checked })}
            className="size-4"
          />
          {words}
        </label>
      ))}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={knobs.failApi !== null}
          onChange={(event) => onChange({ ...knobs, failApi: event.target.checked ? { status: 500 } : null })}
          className="size-4"
        />
        The API answers 500
      </label>
      <div className="grid gap-3 sm:grid-cols-3">
        {NUMBERS.map(([knob, words]) => (
          <NumberField
            key={knob}
            words={words}
            value={knobs[knob]}
            max={knob === "duplicates" ? 100 : 60_000}
            onChange={(value) => onChange({ ...knobs, [knob]: value })}
          />
        ))}
      </div>
    </section>
  );
}
