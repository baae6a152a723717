/** One entry of a file of courses, as strict as can be: what is wrong here would be found out by a student. */
import * as z from "zod/mini";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { accessUrlSchema, type Course, freeCourseSchema, paidCourseSchema } from "#workflow/model.ts";
import { toMinorUnits } from "#workflow/money.ts";
import { findPriceFault } from "#workflow/price-limits.ts";

/** Of a value in a payment's metadata, where the course's name stands. Source: docs.stripe.com/metadata. */
const MOST_CHARACTERS = 500;
/** Of an item in DynamoDB, measured here as JSON, which is never shorter. */
const MOST_BYTES = 400 * 1024;

const strictFields = {
  name: z.string().check(
    z.refine((name) => name.trim() !== "", "must not be blank"),
    z.maxLength(MOST_CHARACTERS, `must not be longer than ${MOST_CHARACTERS} characters`),
  ),
  curriculum: z._default(z.array(z.strictObject({ title: z.string(), lessons: z.array(z.string()) })), []),
  accessUrl: z.optional(accessUrlSchema),
};

const strictCourseSchema = z.discriminatedUnion("pricingModel", [
  z.strictObject({ ...freeCourseSchema.shape, ...strictFields }),
  z.strictObject({ ...paidCourseSchema.shape, ...strictFields }),
]);

interface ReadCourse {
  /** Undefined when it is not even of the right shape. */
  course: Course | undefined;
  faults: string[];
}

export function readCourse(entry: unknown): ReadCourse {
  const { counted, fault } = countPrice(entry);
  const { data, error } = strictCourseSchema.safeParse(counted);
  const faults = (error?.issues ?? []).map(({ path, message }) => [path.join("."), message].join(" ").trim());
  if (fault) faults.push(fault);
  else faults.push(...priceFaults(counted));
  if (data && Buffer.byteLength(JSON.stringify(courseItem(data))) > MOST_BYTES)
    faults.push("must not be larger than 400 kB");
  return { course: data, faults };
}

/** A `price` in major units becomes the `unitAmount` that is stored. */
function countPrice(entry: unknown): { counted: unknown; fault?: string } {
  if (!isObject(entry) || !("price" in entry) || entry["pricingModel"] !== "paid") return { counted: entry };
  const { price, ...rest } = entry;
  if ("unitAmount" in rest) return { counted: rest, fault: "has both price and unitAmount; give one" };
  try {
    return { counted: { ...rest, unitAmount: toUnitAmount(price, rest["currency"]) } };
  } catch (error) {
    // Any amount will do, so that the schema does not complain of its absence as well.
    return { counted: { ...rest, unitAmount: 1 }, fault: `price ${(error as Error).message}` };
  }
}

/** @throws RangeError */
function toUnitAmount(price: unknown, currency: unknown): number {
  if (typeof price !== "number" && typeof price !== "string")
    throw new RangeError("must be a number or text, as in 49 or 49.90");
  return toMinorUnits(price, String(currency));
}

/** Looked for in what is of the wrong shape too, so that all faults are found at once. */
function priceFaults(entry: unknown): string[] {
  if (!isObject(entry) || entry["pricingModel"] !== "paid" || entry["status"] === "retired") return [];
  const { unitAmount, currency } = entry;
  if (!Number.isInteger(unitAmount) || typeof currency !== "string" || !/^[a-z]{3}$/.test(currency))
    return [];
  const fault = findPriceFault(unitAmount as number, currency);
  return fault ? [`unitAmount ${fault}`] : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
