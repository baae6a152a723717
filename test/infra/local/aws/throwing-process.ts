/** A program in which somebody throws where nobody catches and nobody listens. */
import { containExceptions } from "#infra/local/aws/contain-exceptions.ts";

containExceptions("/node_modules/nobody/", () => {});
setTimeout(() => {
  throw new Error("The table is on fire.");
});
