/** Cognito's user pool, as far as the sign-up's trigger asks it: who has an e-mail address. */
import type {
  ListUsersRequest,
  ListUsersResponse,
  UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Wire } from "#infra/one-machine/wire.ts";
import { createJsonService } from "./json-service.ts";
import { type AwsService, ServiceError } from "./wire.ts";

export interface PoolUser {
  userId: string;
  email: string;
}

/** @param listUsers who is there at the moment */
export function createUserPool(listUsers: () => PoolUser[]): AwsService {
  async function findUsers({ Filter = "" }: Wire<ListUsersRequest>): Promise<Wire<ListUsersResponse>> {
    const [, quoted] = /^email = "((?:[^"\\]|\\.)*)"$/.exec(Filter) ?? [];
    if (quoted === undefined)
      throw new ServiceError("InvalidParameterException", "Users are found by their e-mail address here.");
    const wanted = quoted.replaceAll(/\\(.)/g, "$1");
    return {
      Users: listUsers()
        .filter(({ email }) => email === wanted)
        .map(toUser),
    };
  }

  return createJsonService({ ListUsers: findUsers }, { errorNamespace: "", version: "1.1" });
}

/** Everybody here has a password, so to speak, and reads what is sent to the address. */
const toUser = ({ userId, email }: PoolUser): Wire<UserType> => ({
  Username: userId,
  UserStatus: "CONFIRMED",
  Enabled: true,
  Attributes: [
    { Name: "sub", Value: userId },
    { Name: "email", Value: email },
    { Name: "email_verified", Value: "true" },
  ],
});
