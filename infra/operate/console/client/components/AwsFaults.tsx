/** The faults of AWS on this machine: one per dependency, until it is mended. */
import { useState } from "react";
import type { Fault, FaultKind, Faults } from "#infra/operate/console/contract.ts";
import { Button } from "./Button.tsx";
import { NumberField, SelectField } from "./Field.tsx";

const DEPENDENCIES: [target: string, words: string][] = [
  ["DynamoDB_20120810.", "DynamoDB: everything"],
  ["DynamoDB_20120810.PutItem", "DynamoDB: writing enrollments"],
  ["DynamoDB_20120810.UpdateItem", "DynamoDB: linking customers"],
  ["AWSStepFunctions.StartExecution", "Step Functions: starting executions"],
  ["AmazonSQS.SendMessage", "SQS: sending to any queue"],
  ["secretsmanager.", "Secrets Manager: Stripe's keys"],
  ["AWSCognitoIdentityProviderService.", "Cognito: who has an e-mail address"],
];

const KINDS: [kind: FaultKind, words: string][] = [
  ["refuse", "refuse, or die"],
  ["throttle", "throttle"],
  ["delay", "delay"],
  ["hang", "hang (never answer)"],
];

interface AwsFaultsProps {
  faults: Fault[];
  functions: Faults["functions"];
  busy: string | undefined;
  onChange: (faults: Fault[]) => void;
}

export function AwsFaults({ faults, functions, busy, onChange }: AwsFaultsProps) {
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
        <SelectField
          words="Dependency"
          value={target}
          options={[...DEPENDENCIES, ...functions]}
          onChange={setTarget}
        />
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
