/** The accounts of a Cognito user pool: who has an e-mail address, and which other sign-in is theirs too. */
import {
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

interface Account {
  userName: string;
  /** True: of another provider, without a password here. */
  isFederated: boolean;
  /** Whether somebody has shown to read what is sent to the address. */
  isEmailVerified: boolean;
}

/** Who comes from another provider, under that provider's own number for them. */
interface Identity {
  provider: string;
  subject: string;
}

interface Accounts {
  findByEmail(userPoolId: string, email: string): Promise<Account[]>;
  /** From then on both ways to sign in lead to the account. */
  link(userPoolId: string, account: Account, identity: Identity): Promise<void>;
}

const createClient = () => createAwsClient(CognitoIdentityProviderClient, PATIENCE.trigger);

/** @throws Error of the SDK, when the user pool is out of reach or refuses */
export function createAccounts(client = createClient()): Accounts {
  return {
    async findByEmail(UserPoolId, email) {
      // Cognito compares exactly here, though not at sign-in.
      const spellings = [...new Set([email, email.toLowerCase()])];
      const found = await Promise.all(
        spellings.map((spelling) =>
          client.send(new ListUsersCommand({ UserPoolId, Filter: `email = "${escape(spelling)}"` })),
        ),
      );
      return found.flatMap(({ Users = [] }) => Users.map(toAccount));
    },

    async link(UserPoolId, { userName }, { provider, subject }) {
      await client.send(
        new AdminLinkProviderForUserCommand({
          UserPoolId,
          DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
          SourceUser: {
            ProviderName: provider,
            ProviderAttributeName: "Cognito_Subject",
            ProviderAttributeValue: subject,
          },
        }),
      );
    },
  };
}

const escape = (text: string) => text.replaceAll(/["\\]/g, String.raw`\$&`);

function toAccount({ Username = "", UserStatus, Attributes = [] }: UserType): Account {
  const verified = Attributes.find(({ Name }) => Name === "email_verified")?.Value;
  return {
    userName: Username,
    isFederated: UserStatus === "EXTERNAL_PROVIDER",
    // Of a sign-up whose code was never typed in, nobody knows whose address it is.
    isEmailVerified: verified === "true" && UserStatus !== "UNCONFIRMED",
  };
}
