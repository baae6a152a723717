/** What others hold of a student, or what stays here for a while, which no command of ours can take away. */
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import type { Person } from "#workflow/ports/personal-data.ts";

/** @returns a sentence for each place: what is there, and where to ask for it or have it deleted */
export function describeElsewhere({ userId, student }: Person, awsUrl: string | undefined): string[] {
  const customer = student?.stripeCustomerId;
  const atStripe = customer
    ? `At Stripe: customer ${customer} with e-mail, name and payments. Stripe's dashboard exports, deletes and redacts it; wait until no dispute can come any more.`
    : "At Stripe: no customer is linked here (any more); payments are found there by e-mail.";
  if (isOnThisMachine(awsUrl))
    return [
      atStripe,
      "On this machine: the stand-ins for Stripe and for the sign-in have what they were told, until `npm start -- --fresh`. The table's files lose what was erased when the stack is stopped.",
    ];
  return [
    atStripe,
    `At the sign-in: the account ${userId}. aws cognito-idp admin-get-user, then admin-delete-user --user-pool-id <UserPoolId> --username ${userId}.`,
    "In Step Functions: the inputs of executions, with ids only, for 90 days after their end.",
    "In CloudWatch: log entries, with ids only, for three months at most.",
    "In the table's backups: point-in-time recovery goes back 35 days. After a restore, erase once more.",
  ];
}
