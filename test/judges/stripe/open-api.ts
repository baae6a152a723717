/** Stripe's own description of its API, as stripe-mock carries it, made into validators of what is answered. */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";

type Schema = Record<string, unknown>;

interface Document {
  components: { schemas: Record<string, Schema> };
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: { "application/x-www-form-urlencoded"?: { schema: Schema } } };
  responses: Record<string, { content: { "application/json": { schema: Schema } } }>;
}

export interface OpenApi {
  /** @returns what is wrong with an answer of a status to a request; undefined when there is no such operation */
  judgeAnswer(method: string, path: string, status: number, body: unknown): string[] | undefined;
  /** @param name of a kind of object, e.g. `charge`. @returns as above */
  judgeObject(name: string, object: unknown): string[] | undefined;
  /**
   * @param parameter as a form has it, e.g. `line_items[0][price]`
   * @returns how many characters it may have; undefined when it is no text or nothing is said
   */
  longest(method: string, path: string, parameter: string): number | undefined;
}

/** @param file the document as JSON */
export function readOpenApi(file: string): OpenApi {
  const { components, paths } = JSON.parse(readFileSync(file, "utf8")) as Document;
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    inlineRefs: false,
    verbose: true,
  });
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, toJsonSchema(schema)]);
  ajv.addSchema({ components: { schemas: Object.fromEntries(schemas) } }, "stripe");
  const compiled = new Map<string, ValidateFunction>();
  const validate = (name: string, schema: () => Schema, value: unknown) => {
    const check = compiled.get(name) ?? ajv.compile(schema());
    compiled.set(name, check);
    return check(value) ? [] : describe(name, check.errors ?? []);
  };

  function find(method: string, path: string): { template: string; operation: Operation } | undefined {
    const { pathname } = new URL(path, "http://localhost");
    for (const [template, methods] of Object.entries(paths)) {
      const operation = methods[method.toLowerCase()];
      if (operation && toPattern(template).test(pathname)) return { template, operation };
    }
    return undefined;
  }

  return {
    judgeAnswer(method, path, status, body) {
      const { operation, template } = find(method, path) ?? {};
      const answer = operation?.responses[status] ?? operation?.responses["default"];
      if (!answer) return undefined;
      const name = `${method} ${template} ${status < 400 ? status : "refused"}`;
      return validate(name, () => toJsonSchema(answer.content["application/json"].schema) as Schema, body);
    },
    judgeObject(name, object) {
      if (!(name in components.schemas)) return undefined;
      return validate(name, () => ({ $ref: `stripe#/components/schemas/${name}` }), object);
    },
    longest(method, path, parameter) {
      const { operation } = find(method, path) ?? {};
      const [first = "", ...rest] = parameter.split(/[[\]]+/).filter(Boolean);
      const query = operation?.parameters?.find(({ in: place, name }) => place === "query" && name === first);
      const form = operation?.requestBody?.content["application/x-www-form-urlencoded"]?.schema;
      return query ? lengthOf(query.schema, rest) : lengthOf(form, [first, ...rest]);
    },
  };
}

function lengthOf(schema: Schema | undefined, [part, ...rest]: string[]): number | undefined {
  if (!schema) return undefined;
  const branches = [schema, ...((schema["anyOf"] as Schema[] | undefined) ?? [])];
  if (part === undefined) return branches.map((one) => one["maxLength"] as number | undefined).find(Boolean);
  const next = branches
    .map((one) => (/^\d+$/.test(part) ? one["items"] : (one["properties"] as Schema | undefined)?.[part]))
    .find(Boolean);
  return lengthOf(next as Schema | undefined, rest);
}

/** A path that names an id is found after those that name none, since an id has an underscore and a name has not. */
const toPattern = (template: string) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

/** OpenAPI says `nullable` where JSON schema says null; what is not described is not allowed. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (!isRecord(schema)) return schema;
  const { anyOf, nullable, $ref, properties, ...rest } = schema;
  if (typeof $ref === "string") return { $ref: `stripe${$ref}` };
  const converted: Schema = mapValues(rest, toJsonSchema);
  if (isRecord(properties)) {
    converted["properties"] = mapValues(properties, toJsonSchema);
    converted["additionalProperties"] ??= false;
  }
  const branches = Array.isArray(anyOf) ? (anyOf.map(toJsonSchema) as Schema[]) : [converted];
  return choose(nullable === true ? [{ type: "null" }, ...branches] : branches);
}

/** Asks for the branch that the value itself points at, so that the others do not complain of it as well. */
function choose(branches: Schema[]): Schema {
  const isDeleted = ({ $ref }: Schema) => String($ref).includes("/deleted_");
  const branch = branches.find(({ type }) => type) ?? branches.find(isDeleted);
  if (!branch || branches.length === 1)
    return branches.length === 1 ? (branches[0] ?? {}) : { anyOf: branches };
  const points = branch["type"] ? { type: branch["type"] } : { required: ["deleted"] };
  const others = choose(branches.filter((one) => one !== branch));
  return {
    allOf: [
      { if: { not: points }, else: branch },
      { if: points, else: others },
    ],
  };
}

const mapValues = (record: Schema, map: (value: unknown) => unknown): Schema =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const isRecord = (value: unknown): value is Schema => typeof value === "object" && value !== null;

function describe(where: string, errors: ErrorObject[]): string[] {
  return errors
    .filter(({ keyword }) => keyword !== "if")
    .map(({ keyword, instancePath, message, params, parentSchema }) => {
      const at = instancePath.replaceAll(/\/\d+(?=\/|$)/g, "/n");
      if (keyword !== "additionalProperties") return `${where} ${at} ${message}`;
      const title: unknown = parentSchema?.["title"];
      const owner = typeof title === "string" ? title : `${where} ${at}`;
      return `${owner}.${String(params["additionalProperty"])} is not described`;
    });
}
