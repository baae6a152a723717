/** What must outlive everything else: the one table. */
import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { denyRewriting } from "../parts/ledger.ts";
import { addOutputs, createStack, type StackSettings } from "./settings.ts";

const text = (name: string) => ({ name, type: AttributeType.STRING });

export function createDataStack(settings: StackSettings) {
  const { names, keepsData } = settings;
  const stack = createStack(settings, "Data", "courses, students and enrollments");

  const table = new TableV2(stack, "Education", {
    tableName: names.table,
    partitionKey: text("PK"),
    sortKey: text("SK"),
    globalSecondaryIndexes: [{ indexName: "GSI1", partitionKey: text("GSI1PK"), sortKey: text("GSI1SK") }],
    // Only counters of requests have it.
    timeToLiveAttribute: "forgetAt",
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    resourcePolicy: denyRewriting(),
    deletionProtection: keepsData,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  addOutputs(stack, { TableName: table.tableName });
  return { table };
}
