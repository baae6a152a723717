/** What today's steps make of all that was asked of them, for the report. */
import { type Finding } from "./ask-steps.ts";

export interface AnswerGroup {
  state: string;
  text: string;
  /** Of those that are explained: what has changed in the table. */
  because?: string;
  /** Names of all executions with it. */
  executions: string[];
}

export interface StepsReport {
  /** How many recorded answers were compared. */
  asked: number;
  differences: AnswerGroup[];
  /** Nothing of the steps: the table has moved on. */
  movedOn: AnswerGroup[];
  /** What would have been written or done by which state, and how often. Nothing was. */
  effects: { state: string; what: string; count: number }[];
}

export function createStepsReport() {
  const groups = new Map<string, AnswerGroup>();
  const effects = new Map<string, StepsReport["effects"][number]>();
  let asked = 0;

  function addDifference(name: string, { state, text, because }: Finding & { text: string }): void {
    const key = `${text}\n${because ?? ""}`;
    const group = groups.get(key) ?? { state, text, ...(because && { because }), executions: [] };
    groups.set(key, group);
    if (group.executions.at(-1) !== name) group.executions.push(name);
  }

  return {
    /** @param name the execution's */
    add(name: string, findings: Finding[]): void {
      asked += findings.length;
      for (const finding of findings) {
        const { state, text } = finding;
        if (text) addDifference(name, { ...finding, text });
        for (const what of finding.effects) {
          const effect = effects.get(`${state} ${what}`) ?? { state, what, count: 0 };
          effects.set(`${state} ${what}`, effect);
          effect.count += 1;
        }
      }
    },

    report(): StepsReport {
      const all = [...groups.values()].sort((one, other) => other.executions.length - one.executions.length);
      return {
        asked,
        differences: all.filter(({ because }) => !because),
        movedOn: all.filter(({ because }) => because),
        effects: [...effects.values()],
      };
    },
  };
}
