/** What is not there is refused as AWS refuses it, in a sentence that names what is there. */
import { ServiceError } from "./wire.ts";

/** @param available operations, or services when nothing here answers to the service */
export function unknownOperation(wanted: string, available: Iterable<string>): ServiceError {
  const names = [...available].toSorted().join(", ");
  return new ServiceError(
    "UnknownOperationException",
    `${wanted || "A request that names no operation"} is not available here. What is: ${names}.`,
  );
}
