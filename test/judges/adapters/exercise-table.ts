/** Every method of the table's adapters, called in an order in which each finds something to do, and nothing to do. */

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { courseItem, createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createErasureStore } from "#handlers/adapters/dynamodb/erasures.ts";
import { createLimitStore } from "#handlers/adapters/dynamodb/limits.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPersonalData } from "#handlers/adapters/dynamodb/personal-data.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { createSweepStore } from "#handlers/adapters/dynamodb/sweep.ts";
import { openTablePatiently, putItem, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { createTableLookup } from "#handlers/adapters/dynamodb/table-lookup.ts";
import { TABLE_NAME } from "#infra/local/names.ts";
import { createTable } from "#infra/local/seed.ts";
import { courseSchema } from "#workflow/model.ts";
import { ADA, AT, COURSES, checkout, enrollment, LATER, purchase, settlement } from "./records.ts";
import type { createWatch } from "./watch.ts";

type Watch = ReturnType<typeof createWatch>;

const ignore = () => undefined;

export async function exerciseTable(aws: AwsPlace, { watch, told }: Watch): Promise<void> {
  await createTable(new DynamoDBClient(aws));
  const table = openTablePatiently(TABLE_NAME, aws);
  for (const course of COURSES) await putItem(table, courseItem(courseSchema.parse(course)));
  await putItem(table, { PK: "COURSE#odd", SK: "METADATA", GSI1PK: "COURSES", GSI1SK: "odd", name: 1 });
  await exerciseCatalogue(table, watch);
  await exerciseCheckouts(table, watch);
  await exercisePurchases(table, watch);
  await exercisePeople(table, watch);
  told.push({ what: "the whole table", told: await listTable(table) });
}

async function exerciseCatalogue(table: Table, watch: Watch["watch"]): Promise<void> {
  const courses = watch("courses", createCourseStore(table, ignore));
  await courses.listCourses();
  await courses.listCoursesAfter(undefined);
  await courses.listCoursesAfter("c1");
  await courses.listCoursesBefore("c1");
  for (const id of ["c1", "none", "odd"]) await courses.findCourse(id);
  await courses.findCourses(["c2", "c1", "none", "odd", "c1"]);
  await courses.findOwnCourses(["c2", "c1", "none", "odd", "c1"]);

  const students = watch("students", createStudentStore(table));
  await students.findStudent(ADA.userId);
  await students.ensureStudent(ADA);
  await students.ensureStudent({ ...ADA, name: "Another" });
  await students.updateClaims({ ...ADA, email: "new@example.com" }, LATER);
  await students.updateClaims({ ...ADA, userId: "nobody" }, LATER);
  for (const customer of ["cus_1", "cus_2"]) await students.linkCustomer(ADA.userId, customer, LATER);
  for (const customer of ["cus_2", "cus_1"]) await students.unlinkCustomer(ADA.userId, customer, LATER);
  await students.linkCustomer(ADA.userId, "cus_3", LATER);
  await students.findStudent(ADA.userId);

  const limits = watch("limits", createLimitStore(table));
  const window = { userId: ADA.userId, limit: "enroll", since: 1_000, until: 2_000 };
  for (let count = 0; count < 4; count += 1) await limits.countRequest(window, 2);

  const sweep = watch("sweep", createSweepStore(table));
  await sweep.findSweep();
  await sweep.saveSweep({ sweptUntil: AT }, undefined);
  await sweep.saveSweep({ sweptUntil: LATER }, undefined);
  await sweep.saveSweep({ sweptUntil: LATER }, { sweptUntil: AT });
  await sweep.findSweep();
}

async function exerciseCheckouts(table: Table, watch: Watch["watch"]): Promise<void> {
  const checkouts = watch("checkouts", createOpenCheckoutStore(table));
  const first = checkout("cs_1", 1);
  await checkouts.findOpenCheckout(ADA.userId, "c1");
  await checkouts.replaceOpenCheckout(first, undefined);
  await checkouts.replaceOpenCheckout(checkout("cs_2", 2), undefined);
  await checkouts.replaceOpenCheckout(checkout("cs_2", 2), first);
  await checkouts.replaceOpenCheckout(checkout("cs_3", 2), first);
  await checkouts.closeOpenCheckout(first, LATER);
  await checkouts.closeOpenCheckout(checkout("cs_2", 2), LATER);
  await checkouts.findOpenCheckout(ADA.userId, "c1");

  const enrollments = watch("enrollments", createEnrollmentStore(table));
  await enrollments.findEnrollment(ADA.userId, "c1");
  await enrollments.createEnrollment(enrollment("c1", AT));
  await enrollments.createEnrollment(enrollment("c1", LATER));
  await enrollments.createEnrollment(enrollment("c2", LATER));
  await enrollments.findEnrollment(ADA.userId, "c1");
  await enrollments.listEnrollments(ADA.userId, ignore);
  await enrollments.listEnrollmentsOf("c1", { since: new Date(AT), until: new Date(LATER) }, ignore);
  await enrollments.listEnrollmentsOf("c1", { since: new Date(0), until: new Date(AT) }, ignore);
  await enrollments.deleteEnrollment(ADA.userId, "c1", "cs_other");
  await enrollments.deleteEnrollment(ADA.userId, "c2", "cs_c2");
  await enrollments.listEnrollments(ADA.userId, ignore);
}

async function exercisePurchases(table: Table, watch: Watch["watch"]): Promise<void> {
  const purchases = watch("purchases", createPurchaseStore(table));
  const [one, two] = [purchase("cs_1"), purchase("cs_2")];
  await purchases.findPurchase(ADA.userId, "cs_1");
  for (const opened of [one, one, two]) await purchases.openPurchase(opened);
  await purchases.noteSettlement(one, settlement("cs_1"), AT);
  await purchases.noteSettlement(one, settlement("cs_1"), LATER);
  await purchases.noteSettlement(purchase("cs_3"), settlement("cs_3"), LATER);
  await purchases.claimFollowUp(one, AT);
  await purchases.claimFollowUp(one, LATER);
  await purchases.claimFollowUp({ ...one, followedUpAt: AT }, LATER);
  await purchases.noteFailure(one, settlement("cs_1"), { executionName: "evt_1", isFinal: false }, AT);
  await purchases.noteFailure(one, settlement("cs_1"), { executionName: "evt_1", isFinal: true }, LATER);
  await purchases.listPurchasesAwaitingAttention(ignore);
  for (const at of [AT, LATER]) await purchases.noteDoublePayment(one, at);
  for (const amount of [900, 400, 4900])
    await purchases.noteRefund(two, { amount, isFull: amount === 4900, at: LATER });
  for (const at of [AT, AT, LATER]) await purchases.noteDispute(two, { status: "needs_response", at });
  await purchases.clearAttention(one);
  await purchases.clearAttention(two);
  const decision = { kind: "waived" as const, reason: "goodwill", by: "operator", at: LATER };
  for (const key of [two, two, purchase("cs_none")]) await purchases.decide(key, decision);
  await purchases.clearAttention({ ...two, decision });
  await purchases.noteRefund(two, { amount: 5000, isFull: true, at: LATER });
  for (const key of [one, purchase("cs_none")]) await purchases.closePurchase(key, LATER);
  await purchases.listPurchasesAwaitingAttention(ignore);
  await purchases.listPurchases(ADA.userId, ignore);
  await purchases.findPurchase(ADA.userId, "cs_2");
}

async function exercisePeople(table: Table, watch: Watch["watch"]): Promise<void> {
  const lookup = watch("lookup", createTableLookup(table));
  for (const email of ["new@example.com", "none@example.com"]) await lookup.findStudentByEmail(email);
  await lookup.findCheckoutsByOrderNumber("CSTE-ST1");
  for (const customer of ["cus_3", "cus_1"]) await lookup.findStudentByCustomer(customer);
  await lookup.listOpenCheckouts(ADA.userId);
  await lookup.listNewestOfCourse("c1", ignore);

  const erasures = watch("erasures", createErasureStore(table));
  await erasures.findErasure(ADA.userId);
  const signed = { by: "operator", reason: "asked for it", at: LATER };
  await erasures.beginErasure("grace", signed);
  await erasures.beginErasure("grace", signed);
  await erasures.findErasure("grace");

  const people = watch("people", createPersonalData(table));
  await people.findErasure("grace");
  await people.beginErasure("alan", signed);
  await people.readPerson(ADA.userId);
  await people.listItems(ADA.userId);
  await people.listUserIdsByEmail("new@example.com");
  await people.listPurchasesWith(["goodwill"]);
  const two = purchase("cs_2");
  await people.rewritePurchase({ ...two, settlement: settlement("cs_2") });
  await people.movePurchase(ADA.userId, { ...two, userId: "erased-1" });
  await people.moveEnrollment(ADA.userId, { ...enrollment("c1", AT), userId: "erased-1" });
  await people.forgetPurchase(purchase("cs_3"));
  await people.forgetEnrollment({ ...enrollment("c1", AT), userId: "erased-1" });
  await people.forgetOpenCheckout(checkout("cs_2", 2));
  await people.forgetStudent(ADA.userId);
  await people.listItems(ADA.userId);
}

async function listTable({ client, tableName: TableName }: Table): Promise<string> {
  const items: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of Items) {
      const fields = Object.entries(item).filter(([name]) => name !== "pseudonym");
      items.push(
        JSON.stringify(Object.fromEntries(fields.toSorted(([one], [other]) => (one < other ? -1 : 1)))),
      );
    }
  }
  return items.toSorted().join("\n");
}
