/** Whether a definition that was tried may be deployed, in words for whoever deploys it. */
import { describeReport } from "#infra/operate/replay/describe-report.ts";
import type { Trial } from "./try-definition.ts";

/** What is accepted where nothing can be known. */
export const UNTRIED = "untried";

interface Judgement {
  mayGo: boolean;
  /** Nothing when there is nothing to say. */
  text?: string;
}

/** @param accepted the digest of the differences that somebody has read, or UNTRIED */
export function judgeTrial(trial: Trial, accepted: string | undefined): Judgement {
  switch (trial.kind) {
    case "first":
    case "unchanged":
      return { mayGo: true };
    case "untried":
      return judgeUntried(trial.reason, accepted);
    case "replayed":
      return judgeReport(trial.report, accepted);
  }
}

function judgeUntried(reason: string, accepted: string | undefined): Judgement {
  const text = `What is deployed could not be compared with this definition (${reason}).`;
  if (accepted === UNTRIED) return { mayGo: true, text };
  return {
    mayGo: false,
    text: `${text}\nNothing was deployed. Add --accept ${UNTRIED} to deploy it without knowing.`,
  };
}

function judgeReport(
  report: Extract<Trial, { kind: "replayed" }>["report"],
  accepted: string | undefined,
): Judgement {
  const changed = `The definition has changed.${describeReport(report)}`;
  const { digest } = report;
  if (digest === undefined) return { mayGo: true, text: changed };
  if (accepted === digest) return { mayGo: true, text: `${changed}\nAccepted.` };
  const other = accepted && ` (${accepted} are others)`;
  return {
    mayGo: false,
    text: `${changed}\nNothing was deployed. Add --accept ${digest} to deploy it all the same${other ?? ""}.`,
  };
}
