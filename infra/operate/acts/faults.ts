/** What is broken and mended on purpose on one machine, and sent again, signed. */
import type { AwsFaults } from "../records/aws-faults.ts";
import type { Fault, RehearsalKind } from "../records/shapes.ts";
import type { StripeDeliveries } from "../records/stripe-deliveries.ts";
import type { StripeKnobs } from "../records/stripe-knobs.ts";
import type { Signed } from "./open-ledger.ts";

/** @param wanted all that are to stand */
export async function switchAwsFaults(
  wanted: Fault[],
  { ledger, reason }: Signed,
  awsFaults: AwsFaults,
): Promise<void> {
  const standing = await awsFaults.readFaults();
  const isStill = (fault: Fault) => standing.some((one) => one.target === fault.target);
  // The table may be what is mended, and then the ledger with it.
  const switches = wanted.every(isStill) && wanted.length <= standing.length ? "off" : "on";
  const about = [...new Set([...standing, ...wanted].map(({ target }) => target))];
  await ledger.act(
    { action: "fault", about, reason, switches },
    () => awsFaults.setFaults(wanted),
    (faults) => ({ isDone: true, text: describeFaults(faults) }),
  );
}

const describeFaults = (faults: Fault[]) =>
  faults.map(({ target, kind }) => `${target} ${kind}`).join(", ") || "all of it works";

type SomeKnobs = { [Knob in keyof StripeKnobs]?: StripeKnobs[Knob] | undefined };

export async function turnStripeKnobs(
  knobs: SomeKnobs,
  { ledger, reason }: Signed,
  deliveries: StripeDeliveries,
): Promise<void> {
  await ledger.act(
    { action: "fault", about: Object.keys(knobs).map((knob) => `Stripe ${knob}`), reason },
    () => deliveries.turnKnobs(knobs),
    () => ({ isDone: true, text: JSON.stringify(knobs) }),
  );
}

export async function rehearseSigned(
  { kind, id }: { kind: RehearsalKind; id: string },
  { ledger, reason }: Signed,
  rehearse: (rehearsal: { kind: RehearsalKind; id: string }) => Promise<void>,
): Promise<void> {
  await ledger.act(
    { action: "rehearse", about: id ? [id] : [], reason },
    () => rehearse({ kind, id }),
    () => ({ isDone: true, text: kind }),
  );
}

export async function resendEvent(
  eventId: string,
  { ledger, reason }: Signed,
  deliveries: StripeDeliveries,
): Promise<void> {
  await ledger.act(
    { action: "resend", about: [eventId], reason },
    () => deliveries.resend(eventId),
    () => ({ isDone: true, text: "sent again" }),
  );
}
