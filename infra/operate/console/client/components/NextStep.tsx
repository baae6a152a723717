/** What to do next about a purchase, in the command's own words, with the buttons that do it. */
import { useState } from "react";
import type { Acted, AdvisedAct, Purchase } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { ActButton } from "./ActButton.tsx";
import { Notice } from "./Notice.tsx";

const WORDS: Record<AdvisedAct["action"], string> = {
  redrive: "Redrive",
  repair: "Repair",
  withdraw: "Withdraw",
  waive: "Waive",
  close: "Close",
};

interface NextStepProps {
  next: Purchase["next"];
  /** Its likeliest act asks for its reason at once: one question is open on a page. */
  isFirst: boolean;
  onDone: () => void;
}

export function NextStep({ next: { needsPerson, text, command, acts }, isFirst, onDone }: NextStepProps) {
  const [acted, setActed] = useState<Acted>();
  const run =
    ({ action, id }: AdvisedAct) =>
    async (reason: string) =>
      setActed(await post<Acted>("acts", { action, id, reason }));
  return (
    <section aria-label="Next" className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <Notice tone={needsPerson ? "warn" : "good"}>
        <p className="font-semibold">{text}</p>
        {command ? <p className="mt-1 font-mono text-xs break-all">{command}</p> : null}
      </Notice>
      <div className="flex flex-wrap items-end gap-2">
        {acts.map((act, index) => (
          <ActButton
            key={act.action}
            words={WORDS[act.action]}
            variant={index === 0 ? "primary" : "quiet"}
            isOpen={isFirst && index === 0}
            suggested={act.reason}
            act={run(act)}
            onDone={onDone}
          />
        ))}
      </div>
      {acted ? <Notice tone={acted.isDone ? "good" : "bad"}>{acted.text}</Notice> : null}
    </section>
  );
}
