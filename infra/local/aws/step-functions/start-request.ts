/** What StartExecution accepts. */
import { ServiceError } from "../wire.ts";

const LONGEST_NAME = 80;
const LARGEST_INPUT_BYTES = 262_144;
// oxlint-disable-next-line no-control-regex
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** @throws InvalidName */
export function requireExecutionName(name: unknown): string {
  const valid =
    typeof name === "string" && name !== "" && name.length <= LONGEST_NAME && !FORBIDDEN_IN_NAMES.test(name);
  if (!valid) throw new ServiceError("InvalidName", `Invalid Name: '${String(name)}'`);
  return name;
}

/** @throws InvalidExecutionInput */
export function requireExecutionInput(input: unknown = "{}"): string {
  if (typeof input !== "string" || Buffer.byteLength(input) > LARGEST_INPUT_BYTES) {
    throw new ServiceError(
      "InvalidExecutionInput",
      `Invalid State Machine Execution Input: larger than ${LARGEST_INPUT_BYTES} bytes.`,
    );
  }
  if (input === "")
    throw new ServiceError(
      "InvalidExecutionInput",
      "Invalid State Machine Execution Input: 'Invalid execution input.'",
    );
  try {
    JSON.parse(input);
    return input;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`);
  }
}
