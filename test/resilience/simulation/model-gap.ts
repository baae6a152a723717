/** The simulation's models end a run by the same error as the table of a replay does. */
export { ModelGap } from "#handlers/adapters/dynamodb/model-gap.ts";
