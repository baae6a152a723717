/** Bugs planted in what is agreed with a student, in whose sale it is, and in what is asked of Stripe. */
import type { Stripe } from "stripe";
import type { SigningSecretReader } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { OTHER_ACCOUNT, OTHER_DEPLOYMENT } from "../simulation/strangers.ts";
import type { Mutant } from "./mutant.ts";
import { forgetting, spoilStores } from "./spoil.ts";

/** The shipped adapter on a Stripe that is asked under another key. */
const withKeys =
  (stripe: () => Promise<Stripe>, change: (key: string) => string) => async (): Promise<Stripe> => {
    const client = Object.create(await stripe()) as Stripe;
    const { sessions } = client.checkout;
    const spoiled = Object.create(sessions) as typeof sessions;
    spoiled.create = (params: Stripe.Checkout.SessionCreateParams, options: Stripe.RequestOptions) =>
      sessions.create(params, {
        idempotencyKey: change(options.idempotencyKey ?? ""),
      });
    Object.defineProperty(client, "checkout", { value: { sessions: spoiled } });
    return client;
  };

function ofAccount(secrets: SigningSecretReader, account: string): SigningSecretReader {
  const add = async (reading: ReturnType<SigningSecretReader["current"]>) => ({
    ...(await reading),
    STRIPE_ACCOUNT_ID: account,
  });
  return { current: () => add(secrets.current()), refreshed: () => add(secrets.refreshed()) };
}

export const PURCHASE_MUTANTS: Mutant[] = [
  {
    name: "what was paid is compared with the catalogue instead of the quote",
    spoil: (parts) => ({
      ...parts,
      createSteps: (ports) => parts.createSteps(forgetting(ports, ["unitAmount"])),
    }),
  },
  {
    name: "a form is given at another price than the course's",
    spoil: (parts) => ({
      ...parts,
      createPayments(stripe, place) {
        const payments = parts.createPayments(stripe, place);
        return {
          ...payments,
          async openCheckout(request) {
            const { unitAmount: amountSubtotal, currency } = request.course;
            return { ...(await payments.openCheckout(request)), amountSubtotal, currency };
          },
        };
      },
    }),
  },
  {
    name: "another deployment's sale is taken for ours",
    spoil: (parts) => ({
      ...parts,
      createEventReader(secrets, deploymentName) {
        const names = [deploymentName, OTHER_DEPLOYMENT];
        const readers = names.map((name) => parts.createEventReader(secrets, name));
        return {
          async readEvent(...request) {
            const events = await Promise.all(readers.map((reader) => reader.readEvent(...request)));
            return events.find(Boolean);
          },
        };
      },
    }),
  },
  {
    name: "the account of an event is not looked at",
    spoil: (parts) => ({
      ...parts,
      createEventReader: (secrets, name) => parts.createEventReader(ofAccount(secrets, OTHER_ACCOUNT), name),
    }),
  },
  {
    name: "the attempt is not raised when Stripe keeps a failure",
    spoil: spoilStores(({ openCheckouts }) => ({
      openCheckouts: {
        ...openCheckouts,
        replaceOpenCheckout: async (next, previous) =>
          next.checkoutSessionId === previous?.checkoutSessionId ||
          openCheckouts.replaceOpenCheckout(next, previous),
      },
    })),
  },
  {
    name: "the key of a request does not cover its price",
    spoil: (parts) => ({
      ...parts,
      createPayments: (stripe, place) =>
        parts.createPayments(
          withKeys(stripe, (key) => key.slice(0, key.lastIndexOf("/"))),
          place,
        ),
    }),
  },
  {
    name: "a customer that is gone stays linked",
    spoil: spoilStores(({ students }) => ({
      students: { ...students, unlinkCustomer: async () => undefined },
    })),
  },
  {
    name: "name and address do not follow the sign-in",
    spoil: spoilStores(({ students }) => ({
      students: { ...students, updateClaims: async () => undefined },
    })),
  },
  {
    name: "a refund is not noted",
    spoil: spoilStores(({ purchases }) => ({ purchases: { ...purchases, noteRefund: async () => false } })),
  },
  {
    name: "the return page does not ask whether an execution has failed",
    spoil: (parts) => ({
      ...parts,
      createApi: (ports) => parts.createApi(forgetting(ports, ["failing", "needsAttention"])),
    }),
  },
];
