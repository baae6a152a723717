/** What schemathesis has found, in the form in which the other judges tell it. */
import { emptyVerdict, type Verdict } from "../verdict.ts";

interface Check {
  name: string;
  status: "success" | "failure" | "skip";
  failure_info?: { failure: { operation: string; title: string; message: string } };
}

interface Recorder {
  label: string;
  /** By the id of the case; none of a phase that was left out. */
  checks?: Record<string, Check[]>;
  interactions?: Record<string, { response: { status_code: number } | null }>;
}

interface Event {
  ScenarioFinished?: { recorder: Recorder };
  NonFatalError?: object;
  FatalError?: object;
}

/**
 * @param report an event a line
 * @throws Error when schemathesis itself has failed
 */
export function readReport(report: string): Verdict {
  const verdict = emptyVerdict("API");
  const found = new Set<string>();
  const accepted = new Map<string, boolean>();
  for (const line of report.split("\n").filter(Boolean)) {
    const { ScenarioFinished: scenario, NonFatalError: error, FatalError: end } = JSON.parse(line) as Event;
    if (error ?? end) throw new Error(`schemathesis could not judge: ${line.slice(0, 1000)}`);
    if (!scenario) continue;
    const { label, checks = {}, interactions = {} } = scenario.recorder;
    for (const outcomes of Object.values(checks)) judgeCase(outcomes, verdict, found);
    const isAccepted = Object.values(interactions).some(
      ({ response }) => (response?.status_code ?? 500) < 300,
    );
    if (label.includes(" /")) accepted.set(label, isAccepted || accepted.get(label) === true);
  }
  if (accepted.size === 0) throw new Error("schemathesis has asked nothing.");
  // What was never accepted was hardly judged: everything is behind the first refusal, or behind a limit.
  for (const [what] of [...accepted].filter(([, isAccepted]) => !isAccepted)) {
    verdict.differences.push({
      what: `${what}: reached`,
      theirs: "a request that is accepted",
      ours: "none",
    });
  }
  return verdict;
}

/** A fault is told once, however many requests find it. */
function judgeCase(checks: Check[], verdict: Verdict, found: Set<string>): void {
  const failures = checks.filter(({ status }) => status === "failure");
  if (failures.length === 0) verdict.equal += 1;
  for (const { name, failure_info: info } of failures) {
    const { operation = "?", title = name, message = "" } = info?.failure ?? {};
    const what = `${operation}: ${name}`;
    if (found.has(what)) continue;
    found.add(what);
    verdict.differences.push({ what, theirs: title, ours: message });
  }
}
