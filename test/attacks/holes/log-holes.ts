/** Holes in what logs may repeat, and in what stands before everything. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/handlers/error-facts.test.ts", title });

export const LOG_HOLES: Hole[] = [
  {
    attack: "logs: personal data",
    hole: "Stripe's messages are logged as they are",
    file: "handlers/error-facts.ts",
    replace: "isStripes ? stripesMessage(error, type) : scrub(messageOf(error))",
    by: "isStripes ? error.message : scrub(messageOf(error))",
    test: test("what is told of it holds no address"),
  },
  {
    attack: "logs: personal data",
    hole: "whatever a library says is logged as it is",
    file: "handlers/error-facts.ts",
    replace: "scrub(messageOf(error))",
    by: "messageOf(error)",
    test: test("what is told of it holds no address"),
  },
  {
    attack: "logs: personal data",
    hole: "a forger's address is logged",
    file: "handlers/adapters/stripe/digest-sources.ts",
    replace: 'createHmac("sha256", key).update(address).digest("hex").slice(0, DIGITS)',
    by: "[address, key, createHmac.name, DIGITS].join()",
    test: {
      file: "test/handlers/adapters/stripe/digest-sources.test.ts",
      title: "the caller that CloudFront and the API have seen is told, and no address is",
    },
  },
  {
    attack: "any: flood from one address",
    hole: "the firewall counts all callers together",
    file: "infra/aws/parts/firewall.ts",
    replace: 'aggregateKeyType: "IP"',
    by: 'aggregateKeyType: "CONSTANT"',
    test: {
      file: "test/infra/aws/stacks/firewall.test.ts",
      title: "limits each address",
    },
  },
];
