/** What Step Functions says of a value that its model does not allow. */
import { ServiceError } from "../wire.ts";

/** @param constraint what the value must do, e.g. `have length less than or equal to 1024` */
export const violation = (field: string, value: unknown, constraint: string) =>
  new ServiceError(
    "ValidationException",
    `1 validation error detected: Value '${String(value)}' at '${field}' failed to satisfy constraint: Member must ${constraint}`,
  );

/** @throws ValidationException */
export function requireOneOf<Value extends string>(
  field: string,
  value: string | undefined,
  values: readonly Value[],
): Value | undefined {
  const known = values.find((one) => one === value);
  if (value !== undefined && known === undefined)
    throw violation(field, value, `satisfy enum value set: [${values.join(", ")}]`);
  return known;
}
