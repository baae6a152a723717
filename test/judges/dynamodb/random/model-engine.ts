/** The table of the simulation, which answers within virtual time. */
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createAgenda } from "#test/resilience/simulation/agenda.ts";
import { createRandom } from "#test/resilience/simulation/random.ts";
import { createTableModel } from "#test/resilience/simulation/table.ts";
import type { Engine, Item, Operation, Outcome } from "./operation.ts";
import { inOrder } from "./outcome.ts";

const COMMANDS: Record<string, new (input: never) => object> = {
  DeleteItem: DeleteCommand,
  GetItem: GetCommand,
  PutItem: PutCommand,
  Query: QueryCommand,
  UpdateItem: UpdateCommand,
};

interface ModelAnswer {
  Item?: Item;
  Items?: Item[];
}

export function createModelEngine(): Engine {
  function perform(table: ReturnType<typeof createTableModel>, operation: Operation): Outcome {
    const { operation: name, input } = operation;
    const Command = COMMANDS[name];
    if (!Command) return toAnswer(operation, { Items: table.allItems() });
    try {
      return toAnswer(operation, table.handle(new Command(input as never)) as ModelAnswer);
    } catch (error) {
      if (error instanceof Error) return { error: error.name === "Error" ? error.message : error.name };
      throw error;
    }
  }

  return {
    name: "the simulation's table",
    async run(operations) {
      const table = createTableModel(createAgenda(0), createRandom(0));
      return operations.map((operation) => perform(table, operation));
    },
    async close() {},
  };
}

const toAnswer = ({ operation, input }: Operation, { Item, Items }: ModelAnswer): Outcome => ({
  answer: { item: Item, items: Items && inOrder(Items, operation, input) },
});
