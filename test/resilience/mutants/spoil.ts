/** Ways of putting something between a shipped part and its caller. */
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import type { EnrollmentStore } from "#workflow/ports/stores.ts";
import type { Purchase } from "#workflow/purchase.ts";
import type { Ports } from "../simulation/deployment.ts";
import type { Stores } from "../simulation/parts.ts";
import type { Mutant } from "./mutant.ts";

export const spoilStores =
  (change: (stores: Stores, table: Table) => Partial<Stores>): Mutant["spoil"] =>
  (parts) => ({
    ...parts,
    createStores(table) {
      const stores = parts.createStores(table);
      return { ...stores, ...change(stores, table) };
    },
  });

export const spoilEnrollments = (change: (enrollments: EnrollmentStore) => Partial<EnrollmentStore>) =>
  spoilStores(({ enrollments }) => ({ enrollments: { ...enrollments, ...change(enrollments) } }));

/** The shipped adapter, whose commands lose their condition on the way. */
export function withoutConditions(table: Table): Table {
  const client = Object.create(table.client) as Table["client"];
  client.send = ((command: PutCommand | UpdateCommand) => {
    if (command instanceof PutCommand || command instanceof UpdateCommand)
      delete command.input.ConditionExpression;
    return table.client.send(command as PutCommand);
  }) as Table["client"]["send"];
  return { ...table, client };
}

/** A handler's ports, in which every purchase is read with something of it left out. */
export function forgetting<P extends { purchases: object }>(ports: P, fields: (keyof Purchase)[]): P {
  const { purchases } = ports as unknown as Pick<Ports, "purchases">;
  const forget = <T extends Purchase | undefined>(purchase: T): T => {
    const rest = { ...purchase };
    for (const field of fields) delete (rest as Partial<Purchase>)[field];
    return purchase && rest;
  };
  const spoiled: Partial<Ports["purchases"]> = {
    findPurchase: async (...key) => forget(await purchases.findPurchase(...key)),
    noteSettlement: async (...known) => forget(await purchases.noteSettlement(...known)),
    async *listPurchasesAwaitingAttention(report) {
      for await (const purchase of purchases.listPurchasesAwaitingAttention(report)) yield forget(purchase);
    },
  };
  const { deliveries } = ports as unknown as Pick<Ports, "deliveries">;
  const findDeliveries: Ports["deliveries"]["findDeliveries"] = async (ids) =>
    (await deliveries.findDeliveries(ids)).map(({ purchase, ...rest }) => ({
      ...rest,
      purchase: forget(purchase),
    }));
  return { ...ports, purchases: { ...purchases, ...spoiled }, deliveries: { findDeliveries } };
}
