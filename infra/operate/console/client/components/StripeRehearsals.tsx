/** What people, banks and other shops do at Stripe, done by a button. */
import { useState } from "react";
import type { RehearsalKind, StripeKnobs } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { useAction } from "../use-action.ts";
import { Button } from "./Button.tsx";
import { SearchField, SelectField } from "./Field.tsx";
import { Notice } from "./Notice.tsx";

type Kind = RehearsalKind | "withoutStatus";

/** With how the id begins that each of them needs. */
const KINDS: Record<Kind, [words: string, id: string]> = {
  refund: ["a checkout is paid back", "cs_"],
  dispute: ["a payment is disputed", "cs_"],
  disputeWon: ["a dispute is won", "du_"],
  disputeLost: ["a dispute is lost", "du_"],
  customerDeleted: ["a customer is deleted", "cus_"],
  priceArchived: ["a price is archived", "price_"],
  productArchived: ["a product is archived", "prod_"],
  foreignSale: ["another shop sells something", ""],
  connectEvent: ["an event comes from a connected account", "evt_"],
  thinEvent: ["an event comes as a thin one", "evt_"],
  withoutStatus: ["a checkout has no status", "cs_"],
};

interface StripeRehearsalsProps {
  knobs: StripeKnobs;
  /** Why, for the ledger. */
  reason: string;
  onDone: () => void;
}

export function StripeRehearsals({ knobs, reason, onDone }: StripeRehearsalsProps) {
  const [kind, setKind] = useState<Kind>("refund");
  const [id, setId] = useState("");
  const [done, setDone] = useState<string>();
  const { busy, failure, act } = useAction(onDone);
  const [words, prefix] = KINDS[kind];

  const rehearse = () => {
    setDone(undefined);
    act(kind, async () => {
      if (kind === "withoutStatus") {
        const sessionsWithoutStatus = [...new Set([...knobs.sessionsWithoutStatus, id.trim()])];
        await post("faults", { stripe: { sessionsWithoutStatus }, reason });
      } else await post("rehearsals", { kind, id, reason });
      setDone(`Done: ${words}${prefix && ` (${id.trim()})`}.`);
    });
  };
  return (
    <section aria-label="Rehearsals" className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-base">Rehearsals at Stripe</h2>
      <div className="grid items-end gap-3 sm:grid-cols-[2fr_2fr_auto]">
        <SelectField
          words="It happens that"
          value={kind}
          options={(Object.keys(KINDS) as Kind[]).map((one) => [one, KINDS[one][0]])}
          onChange={setKind}
        />
        <SearchField
          words="Of which"
          value={id}
          placeholder={prefix ? `${prefix}…` : "none"}
          disabled={!prefix}
          onChange={setId}
        />
        <Button
          variant="danger"
          isBusy={busy !== undefined}
          disabled={prefix !== "" && !id.trim().startsWith(prefix)}
          onClick={rehearse}
        >
          Let it happen
        </Button>
      </div>
      {failure ? <Notice tone="bad">{failure}</Notice> : null}
      {done ? <Notice tone="good">{done}</Notice> : null}
    </section>
  );
}
