/** A table's description where DynamoDB tells more or less of it than dynalite. */

type Description = Record<string, unknown>;

/** Of a table that goes. */
const GONE = ["AttributeDefinitions", "BillingModeSummary", "CreationDateTime", "KeySchema"];

/** @returns the answer; one that describes no table stays as it is */
export function asDescribed(operation: string, output: object): object {
  const { Table, TableDescription } = output as { Table?: Description; TableDescription?: Description };
  if (Table) return { ...output, Table: describe(Table) };
  if (!TableDescription) return output;
  const description = describe(TableDescription);
  if (operation === "DeleteTable") for (const field of GONE) delete description[field];
  return { ...output, TableDescription: description };
}

/** No table is protected here; the summary is one that DynamoDB has never told. */
function describe({ TableThroughputModeSummary: _unknown, ...table }: Description): Description {
  return { ...table, DeletionProtectionEnabled: false };
}
