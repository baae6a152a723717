/** Notices what money went back, or is disputed, before anything is compared: nobody is enrolled for what went back. */
import { type NotePaybackPorts, notePayback, type PaybackOutcome } from "../checkout/note-payback.ts";
import { eachConcurrently } from "../map-concurrently.ts";
import type { PaymentNotice } from "../payment-notice.ts";
import type { Period } from "../period.ts";
import type { PaymentRecords } from "../ports/payments.ts";
import type { ReportDated } from "../ports/stores.ts";
import { UnreadableRecord } from "../unreadable-record.ts";
import { takeAgain } from "./ground.ts";
import { secondOf } from "./periods.ts";
import type { Progress } from "./progress.ts";

interface NoteAllPorts extends NotePaybackPorts {
  payments: Pick<PaymentRecords, "listNotices"> & NotePaybackPorts["payments"];
  now: () => Date;
}

interface Telling {
  onPayback: (outcome: PaybackOutcome) => void;
  report: ReportDated;
  isTimeUp: () => boolean;
}

/** @returns false when the time was up before all were read */
export async function noteAll(
  { notices, goal }: Pick<Progress, "notices" | "goal">,
  ports: NoteAllPorts,
  telling: Telling,
): Promise<boolean> {
  // Also those of the last minutes, which are read once more by the next sweep.
  const newest = { since: notices.until, until: new Date(ports.now().getTime() + 1_000) };
  const periods = [...takeAgain(notices), ...notices.left.splice(0), newest];
  notices.until = goal > notices.until ? goal : notices.until;
  for (const period of periods) {
    const left = await noteThoseOf(period, ports, telling);
    if (left) notices.left.push(left);
  }
  return notices.left.length === 0;
}

/** @returns what is left of it */
async function noteThoseOf(
  { since, until }: Period,
  ports: NoteAllPorts,
  { onPayback, report, isTimeUp }: Telling,
): Promise<Period | undefined> {
  if (isTimeUp()) return { since, until };
  let left: Period | undefined;
  const dated: ReportDated = (record, at = since.toISOString()) => report(record, at);
  async function* inTime(notices: AsyncIterable<PaymentNotice>) {
    for await (const notice of notices) {
      if (isTimeUp()) {
        left = { since, until: secondOf(notice.occurredAt).until };
        return;
      }
      yield notice;
    }
  }
  await eachConcurrently(inTime(ports.payments.listNotices({ since, until }, dated)), async (notice) => {
    try {
      onPayback(await notePayback(notice, ports));
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      report(error, notice.occurredAt);
    }
  });
  return left;
}
