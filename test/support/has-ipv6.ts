/** Whether this machine has the second loopback address; in some containers it has not. */
import { networkInterfaces } from "node:os";

export const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === "::1");
