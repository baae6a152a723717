/** The API's OpenAPI document, made of its routes and of the schemas that its handlers and the client go by. */
import * as z from "zod/mini";
import { errorAnswerSchema, ROUTES, type RouteKey } from "#workflow/contract.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { refusalsOf } from "./refusals.ts";

type Route = (typeof ROUTES)[number];

/** @param serverUrl where the API is, e.g. `http://localhost:3000` */
export function describeApi(serverUrl: string) {
  const paths: Record<string, Record<string, ReturnType<typeof describeOperation>>> = {};
  for (const route of ROUTES) {
    const operation = describeOperation(route, OPERATIONS[`${route.method} ${route.path}` as RouteKey]);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Bursar",
      version: "1",
      description:
        "Sells places in courses. Amounts are minor units of their currency, times are ISO 8601 in UTC.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: {
        Error: toJsonSchema(errorAnswerSchema),
        GatewayMessage: {
          description: "What the gateway answers before, or instead of, the API itself.",
          type: "object",
          properties: { message: { type: "string" } },
          required: ["message"],
        },
      },
      securitySchemes: { student: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
}

function describeOperation(route: Route, operation: Operation) {
  const { summary, parameters = [], request, answers } = operation;
  return {
    operationId: `${route.method} ${route.path}`
      .replaceAll(/\W+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .toLowerCase(),
    summary,
    // Said of each: what is open is so on purpose.
    security: route.access === "student" ? [{ student: [] }] : [],
    parameters: parameters.map(({ schema, ...parameter }) => ({
      ...parameter,
      required: parameter.in !== "query",
      schema: toJsonSchema(schema, "input"),
    })),
    ...(request && { requestBody: describeRequest(request) }),
    responses: Object.fromEntries([
      ...Object.entries(answers).map(([status, schema]) => [status, describeAnswer(schema)]),
      ...Object.entries(refusalsOf(route, operation)).map(([status, refusal]) => [status, refusal]),
    ]),
  };
}

function describeRequest({ schema, contentTypes = ["application/json"] }: NonNullable<Operation["request"]>) {
  const body = { schema: toJsonSchema(schema, "input") };
  return { required: true, content: Object.fromEntries(contentTypes.map((type) => [type, body])) };
}

function describeAnswer(schema: z.ZodMiniType | null) {
  if (!schema) return { description: "Taken" };
  return { description: "Done", content: { "application/json": { schema: toJsonSchema(schema) } } };
}

function toJsonSchema(schema: z.ZodMiniType, io: "input" | "output" = "output"): object {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, {
    io,
    ...(io === "input" && { override: takesAnything }),
  });
  return described;
}

/** What has something to fall back on takes anything, and nothing. */
const takesAnything: NonNullable<z.core.ToJSONSchemaParams["override"]> = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === "catch") for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
  if (def.type !== "object") return;
  const isOptional = (name: string) => def.shape[name]?._zod.def.type === "catch";
  jsonSchema.required = jsonSchema.required?.filter((name) => !isOptional(name)) ?? [];
};
