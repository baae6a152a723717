/** STS, as far as it says who asks: whoever has the key is this account's root. */
import { ACCOUNT } from "#infra/local/names.ts";
import { createJsonService } from "./json-service.ts";
import type { AwsService } from "./wire.ts";

/** Behind the query protocol, which the endpoint translates. */
export const createSts = (): AwsService =>
  createJsonService(
    {
      GetCallerIdentity: async () => ({
        UserId: ACCOUNT,
        Account: ACCOUNT,
        Arn: `arn:aws:iam::${ACCOUNT}:root`,
      }),
    },
    { errorNamespace: "", version: "1.1" },
  );
