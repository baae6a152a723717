/** Today's steps with a deployment's table to look at: it can be read, and nothing else. */

import { getItem, type ItemKey, openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import { composeTriedSteps } from "#handlers/operator-composition.ts";
import type { Names } from "#infra/deployment/names.ts";
import { giveStepsNothing } from "../../settings.ts";
import type { Recording } from "../read-recordings.ts";
import { askSteps } from "./ask-steps.ts";
import { createStepsReport, type StepsReport } from "./steps-report.ts";

interface StepsReplay {
  add(recording: Recording): Promise<void>;
  report(): StepsReport;
}

export async function openSteps(names: Names): Promise<StepsReplay> {
  giveStepsNothing();
  // Loaded late, since it takes its settings as it is loaded.
  const { createSteps } = await import("#handlers/steps.ts");
  const table = openTablePatiently(names.table);
  const courses = new Map<string, Promise<Item | undefined>>();
  const report = createStepsReport();

  /** Each item once for an execution, and each course once for all of them. */
  function createReader() {
    const others = new Map<string, Promise<Item | undefined>>();
    return (key: ItemKey): Promise<Item | undefined> => {
      const read = key.PK.startsWith("COURSE#") ? courses : others;
      const name = `${key.PK}\n${key.SK}`;
      const item = read.get(name) ?? (getItem(table, key) as Promise<Item | undefined>);
      read.set(name, item);
      return item;
    };
  }

  return {
    async add({ execution, path }) {
      if (!path) return;
      const workshop = { createSteps, compose: composeTriedSteps, read: createReader(), names };
      report.add(execution.name, await askSteps(path, workshop));
    },
    report: () => report.report(),
  };
}
