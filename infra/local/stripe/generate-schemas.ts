/** Writes `parameters.generated.json` from the SDK's types: `npx tsx infra/local/stripe/generate-schemas.ts`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGenerator, type Schema } from "ts-json-schema-generator";

const TARGET = new URL("parameters.generated.json", import.meta.url);

/** The SDK types every number as `number`; these few are not whole. */
const FRACTIONS = new Set(["application_fee_percent", "height", "length", "percent_off", "weight", "width"]);

export function generateSchema(): string {
  const path = fileURLToPath(new URL("parameter-types.ts", import.meta.url));
  const { definitions, ...schema } = schemaOf(path, "ParameterTypes");
  const tightened = {
    ...schema,
    required: [],
    definitions: {
      ...definitions,
      // The generator sees the SDK's class; on the wire it is a decimal number in text.
      Decimal: { type: "string", pattern: "^-?\\d+(\\.\\d{1,12})?$" },
    },
  };
  return `${JSON.stringify(tightened, undefined, 1)}\n`;
}

/**
 * @param path of a file of types
 * @returns the JSON schema of one of them, as strict as Stripe
 */
export function schemaOf(path: string, type: string): Schema {
  const schema = createGenerator({
    path,
    tsconfig: fileURLToPath(new URL("../../../tsconfig.json", import.meta.url)),
    type,
    topRef: false,
    jsDoc: "none",
    skipTypeCheck: true,
  }).createSchema(type);
  const { OtherString: _, ...definitions } = schema.definitions ?? {};
  return JSON.parse(JSON.stringify({ ...schema, definitions }, tighten)) as Schema;
}

/** The SDK lets every enumeration also be any string, for values that come later. Stripe itself does not. */
function tighten(key: string, value: unknown): unknown {
  if (!isSchema(value)) return value;
  if (value.type === "number" && !FRACTIONS.has(key)) return { type: "integer" };
  const choices = value.anyOf?.filter(isSchema);
  if (!choices?.some((choice) => choice.$ref === "#/definitions/OtherString")) return value;
  const named = choices.filter((choice) => "const" in choice).map((choice) => choice.const);
  return named.length > 0 ? { type: "string", enum: named } : { type: "string" };
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, generateSchema());
