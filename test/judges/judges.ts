/** All judges, in their order. */
import { judgeAdapters } from "./adapters/adapters.ts";
import { judgeApi } from "./api/api.ts";
import { judgeAwsClients } from "./clients/aws-clients.ts";
import { judgeRandomTables } from "./dynamodb/random/random-tables.ts";
import { judgeRecordedTables } from "./dynamodb/recorded.ts";
import { EXPLAINED } from "./explained.ts";
import { areRecordingsHere } from "./recordings.ts";
import { judgeRecordedSecrets } from "./secrets-manager/recorded.ts";
import { judgeRecordedQueues } from "./sqs/recorded.ts";
import { judgeChoiceRules } from "./step-functions/choice-rules.ts";
import { judgeDeployedDefinition } from "./step-functions/deployed/deployed-definition.ts";
import { judgeHistories } from "./step-functions/histories.ts";
import { judgeOperations } from "./step-functions/operations/judge-operations.ts";
import { judgeReplays } from "./step-functions/replays.ts";
import { judgeTestState } from "./step-functions/test-state/judge-test-state.ts";
import { judgeStripeObjects } from "./stripe/objects.ts";
import { judgeStripeRequests } from "./stripe/requests.ts";
import { judgeCloudFormation } from "./templates/cloudformation.ts";
import { judgeDeployment } from "./templates/deployment/deployment.ts";
import { judgePermissions } from "./templates/permissions/permissions.ts";
import { judgeValidators } from "./templates/validators.ts";
import { missingGo } from "./tools/go.ts";
import { missingPython } from "./tools/python.ts";
import type { Difference, Verdict } from "./verdict.ts";

interface Judge {
  name: string;
  /** What it needs and this machine has not; undefined when it can judge. */
  missing: () => string | undefined;
  /** @param announce told what is being done */
  judge: (announce: (step: string) => void) => Promise<Verdict>;
}

const recordings = () =>
  areRecordingsHere() ? undefined : "the recordings of the real AWS, beside the project";

export const JUDGES: Judge[] = [
  { name: "choice rules", missing: recordings, judge: judgeChoiceRules },
  { name: "histories", missing: recordings, judge: judgeHistories },
  { name: "replays", missing: recordings, judge: judgeReplays },
  { name: "recorded tables", missing: recordings, judge: judgeRecordedTables },
  { name: "recorded queues", missing: recordings, judge: judgeRecordedQueues },
  { name: "recorded secrets", missing: recordings, judge: judgeRecordedSecrets },
  { name: "operations", missing: recordings, judge: judgeOperations },
  { name: "test state", missing: recordings, judge: judgeTestState },
  { name: "adapters", missing: missingPython, judge: judgeAdapters },
  { name: "random tables", missing: missingPython, judge: judgeRandomTables },
  { name: "deployed definition", missing: missingPython, judge: judgeDeployedDefinition },
  { name: "AWS clients", missing: missingPython, judge: judgeAwsClients },
  { name: "CloudFormation", missing: missingPython, judge: judgeCloudFormation },
  { name: "validators", missing: () => undefined, judge: judgeValidators },
  { name: "permissions", missing: missingPython, judge: judgePermissions },
  { name: "deployment elsewhere", missing: missingPython, judge: judgeDeployment },
  { name: "stripe objects", missing: missingGo, judge: judgeStripeObjects },
  { name: "stripe requests", missing: missingGo, judge: judgeStripeRequests },
  { name: "API", missing: missingPython, judge: judgeApi },
];

export interface Judgement extends Omit<Verdict, "differences"> {
  explained: (Difference & { why: string })[];
  unexplained: Difference[];
}

/** @returns the differences parted by whether it is known why they stand */
export function part({ differences, ...verdict }: Verdict): Judgement {
  const explained: Judgement["explained"] = [];
  const unexplained: Difference[] = [];
  for (const difference of differences) {
    const known = EXPLAINED.find(({ what }) => what.test(difference.what));
    if (known) explained.push({ ...difference, why: known.why });
    else unexplained.push(difference);
  }
  return { ...verdict, explained, unexplained };
}
