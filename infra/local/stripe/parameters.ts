/** Checks a request's parameters against the SDK's own types and turns form-encoded text into what those types say. */
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { invalidRequest, type StripeApiError } from "./errors.ts";
import { checkLengths, formName } from "./lengths.ts";
import type { ParameterTypes } from "./parameter-types.ts";
import schema from "./parameters.generated.json" with { type: "json" };

/** The schema is made by a program and need not be looked through; few starts ask for it. */
const loadSchema = () =>
  new Ajv({ coerceTypes: true, strict: false, validateSchema: false }).addSchema(schema, "stripe");
let ajv: Ajv | undefined;
const validators = new Map<keyof ParameterTypes, ValidateFunction>();

/**
 * @param input the parsed form or query; left as it is
 * @throws StripeApiError `parameter_unknown`, `parameter_missing` or another 400
 */
export function readParameters<Name extends keyof ParameterTypes>(
  name: Name,
  input: unknown,
): ParameterTypes[Name] {
  const parameters = structuredClone(input ?? {});
  const validate = validatorOf(name);
  if (!validate(parameters)) throw explain(validate.errors ?? []);
  checkLengths(name, parameters);
  return parameters as ParameterTypes[Name];
}

function validatorOf(name: keyof ParameterTypes): ValidateFunction {
  ajv ??= loadSchema();
  const compiled = validators.get(name) ?? ajv.compile({ $ref: `stripe#/properties/${name}` });
  validators.set(name, compiled);
  return compiled;
}

function explain(errors: ErrorObject[]): StripeApiError {
  // Inside a choice every branch complains; an unknown name is the complaint that helps.
  const error = errors.find(({ keyword }) => keyword === "additionalProperties") ?? errors[0];
  if (!error) return invalidRequest("The request could not be understood.");
  const { keyword, params } = error;
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);

  switch (keyword) {
    case "additionalProperties": {
      const param = formName([...path, String(params["additionalProperty"])]);
      return invalidRequest(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
    }
    case "required": {
      const param = formName([...path, String(params["missingProperty"])]);
      return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
    }
    case "enum": {
      const param = formName(path);
      const choices = listChoices(params["allowedValues"] as string[]);
      return invalidRequest(`Invalid ${param}: must be one of ${choices}`, { param });
    }
    default: {
      const param = formName(path);
      const type = String(params["type"] ?? "value");
      const code = type === "integer" ? { code: "parameter_invalid_integer" } : {};
      return invalidRequest(`Invalid ${type}: ${param}`, { ...code, param });
    }
  }
}

function listChoices(choices: string[]): string {
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")}, or ${choices.at(-1)}`;
}

const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");
