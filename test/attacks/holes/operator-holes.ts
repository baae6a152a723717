/** Holes by which something is done of which nobody learns who did it and why, or by somebody who may only look. */
import type { Hole } from "./hole.ts";

const keepLedger = (title: string) => ({ file: "test/workflow/ledger/keep-ledger.test.ts", title });
const ofRoles = (title: string) => ({ file: "test/infra/aws/stacks/operator-roles.test.ts", title });

export const OPERATOR_HOLES: Hole[] = [
  {
    attack: "operators: an act without a reason",
    hole: "what is done takes no reason",
    file: "workflow/ledger/entry.ts",
    replace:
      'if (!reason) throw new ReasonRefused("Say why: it stands in the ledger, for those who come after.");',
    by: "",
    test: keepLedger("nothing is done for the reason"),
  },
  {
    attack: "operators: an act without a reason",
    hole: "courses are written without one",
    file: "infra/operate/commands/seed.ts",
    replace: "requireReason(program, options.because);",
    by: "",
    test: { file: "test/infra/operate/seed/seed-command.test.ts", title: "without a reason it is refused" },
  },
  {
    attack: "operators: an act that no ledger has",
    hole: "it is done also when the ledger cannot be written",
    file: "workflow/ledger/keep-ledger.ts",
    replace: "else await write(intent).catch(refuse);",
    by: "else await write(intent).catch(() => {});",
    test: keepLedger("nothing is done when the ledger cannot be written"),
  },
  {
    attack: "operators: an act by who only looks",
    hole: "the console acts under the role that looks",
    file: "infra/operate/console/permission.ts",
    replace: 'if (role === "looking")',
    by: 'if (role === "looking" && !mayRedrive)',
    test: {
      file: "test/infra/operate/console/permission.test.ts",
      title: "changes nothing, also with --allow-redrive",
    },
  },
  {
    attack: "operators: an act by who only looks",
    hole: "the role that looks may delete letters",
    file: "infra/deployment/operators.ts",
    replace: 'verbs: ["ChangeMessageVisibility", ',
    by: 'verbs: ["DeleteMessage", "ChangeMessageVisibility", ',
    test: ofRoles("who looks may do nothing that changes"),
  },
  {
    attack: "operators: an act by who only looks",
    hole: "the role that looks reads the key with which Stripe does everything",
    file: "infra/aws/parts/operator-roles.ts",
    replace: '"looking key": secretArn(stack, names.lookingKey)',
    by: '"looking key": secretArn(stack, names.stripeSecret)',
    test: ofRoles("who looks may do nothing that changes"),
  },
];
