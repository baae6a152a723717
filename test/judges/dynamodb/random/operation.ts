/** An operation on the table, its values as programs have them, and what becomes of it. */

export interface Operation {
  /** As DynamoDB calls it; `Pages` is a Query, page after page to its end. */
  operation: string;
  input: Record<string, unknown>;
}

export type Item = Record<string, unknown>;

/** The attributes, items and keys that were answered, or the name of the error with the item that stands there. */
export interface Outcome {
  error?: string;
  item?: Item;
  answer?: unknown;
  /** The engine itself failed: it has no opinion. */
  brokenDown?: string;
}

export interface Engine {
  name: string;
  /** Begins with an empty table. @returns an outcome for each operation */
  run(operations: Operation[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

export const TABLE = "judged-table";
export const INDEX = "GSI1";
const KEYS = ["PK", "SK", "GSI1PK", "GSI1SK"];

/** As the product's own. */
export const CREATE_TABLE = {
  TableName: TABLE,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: keySchema("PK", "SK"),
  GlobalSecondaryIndexes: [
    { IndexName: INDEX, KeySchema: keySchema("GSI1PK", "GSI1SK"), Projection: { ProjectionType: "ALL" } },
  ],
};

function keySchema(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
}
