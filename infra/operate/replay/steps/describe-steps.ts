/** What today's steps make of what was asked of them, for people. */
import { count, naming } from "../describe-report.ts";
import type { AnswerGroup, StepsReport } from "./steps-report.ts";

export function describeSteps({ asked, differences, movedOn, effects }: StepsReport): string {
  return [
    `\nSteps: ${count(asked, "recorded answer")} compared with what they answer today.`,
    ...(differences.length === 0 ? ["None is another one."] : differences.map(describeGroup)),
    ...(movedOn.length > 0 ? ["\nAnother one only since the table has moved on:"] : []),
    ...movedOn.map(describeGroup),
    "\nNothing was written or asked of Stripe. They would have:",
    ...effects.map(({ state, what, count: times }) => `${String(times).padStart(7)}  ${state} ${what}`),
  ].join("\n");
}

const describeGroup = ({ text, because, executions }: AnswerGroup) =>
  `\n${String(executions.length).padStart(7)}  ${text}${because ? `: ${because}` : ""}\n         ${naming(executions)}`;
