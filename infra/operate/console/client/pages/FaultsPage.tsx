/** Makes a dependency of this machine go wrong on purpose, and mends it again. */
import { useState } from "react";
import type { Fault, Faults, StripeKnobs } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { Away } from "../components/Away.tsx";
import { AwsFaults } from "../components/AwsFaults.tsx";
import { TextField } from "../components/Field.tsx";
import { Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { StripeKnobsForm } from "../components/StripeKnobsForm.tsx";
import { StripeRehearsals } from "../components/StripeRehearsals.tsx";
import { useAction } from "../use-action.ts";
import { useLive } from "../use-live.ts";

export function FaultsPage() {
  const live = useLive<Faults>("faults", 3_000);
  const { data, error, refresh } = live;
  const { busy, failure, act } = useAction(refresh);
  const [reason, setReason] = useState("");
  const change = (name: string, faults: { aws?: Fault[]; stripe?: Partial<StripeKnobs> }) =>
    act(name, () => post("faults", { ...faults, reason }));
  return (
    <Page title="Faults">
      <p className="-mt-2 max-w-prose text-muted">
        What stands here makes purchases go wrong on this machine, until it is mended or the stack is stopped.
      </p>
      <Away live={live} />
      {failure ? <Notice tone="bad">{failure}</Notice> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      <TextField
        words="Why? It stands in the ledger, and is asked for before anything is broken or mended"
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
      <fieldset disabled={reason.trim() === ""} className="grid min-w-0 gap-4">
        <legend className="sr-only">What goes wrong</legend>
        {data?.aws ? (
          <AwsFaults
            faults={data.aws}
            functions={data.functions}
            busy={busy}
            onChange={(aws) => change("aws", { aws })}
          />
        ) : null}
        {data?.stripe ? (
          <StripeKnobsForm knobs={data.stripe} onChange={(stripe) => change("stripe", { stripe })} />
        ) : null}
        {data?.stripe ? <StripeRehearsals knobs={data.stripe} reason={reason} onDone={refresh} /> : null}
      </fieldset>
    </Page>
  );
}
