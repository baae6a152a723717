/** Holes by which a student who was erased leaves something behind, or comes back. */
import type { Hole } from "./hole.ts";

const afterwards = (title: string) => ({ file: "test/workflow/erase/afterwards.test.ts", title });
const erasing = (title: string) => ({ file: "test/workflow/erase/erase.test.ts", title });

const inAnonymise = { file: "workflow/erase/anonymise.ts" };
const inErase = { file: "workflow/erase/erase.ts" };

export const ERASURE_HOLES: Hole[] = [
  {
    attack: "erased: back again",
    hole: "a token that is still good makes the student anew",
    file: "handlers/adapters/dynamodb/students.ts",
    replace: "if (await findErasure(table, student.userId)) throw new StudentErased();",
    by: "",
    test: afterwards("a token that is still good"),
  },
  {
    attack: "erased: back again",
    hole: "an event that comes late finds nothing that was decided",
    file: "handlers/adapters/dynamodb/purchases.ts",
    replace: "if (!settled) return findErased(userId, checkoutSessionId);",
    by: "if (!settled) return undefined;",
    test: afterwards("the event that is delivered once more"),
  },
  {
    attack: "erased: back again",
    hole: "what was waived is delivered once more",
    ...inAnonymise,
    replace: 'decision && decision.kind !== "waived"',
    by: "decision",
    test: erasing("keeps what was decided before, but what was waived gives nothing more either"),
  },
  {
    attack: "erased: back again",
    hole: "a bookmark shows what is kept",
    file: "workflow/checkout/follow.ts",
    replace: "if (purchase && purchase.userId !== userId) return undefined;",
    by: "",
    test: afterwards("the return page's bookmark"),
  },
  {
    attack: "erased: back again",
    hole: "a refund makes a purchase of the erased student's",
    file: "workflow/checkout/note-payback.ts",
    replace: "userId: purchase?.userId ?? ids.userId",
    by: "",
    test: afterwards("a refund: it is noted on what is kept"),
  },
  {
    attack: "erased: traces",
    hole: "the payment names its customer",
    ...inAnonymise,
    replace: "customerId: isPayer ? null : settlement.customerId",
    by: "customerId: settlement.customerId",
    test: erasing("leaves the person nowhere"),
  },
  {
    attack: "erased: traces",
    hole: "whoever was given a place says who has paid for it",
    ...inErase,
    replace: "  await rewriteOthers(traces, erasure, store);",
    by: "",
    test: erasing("keeps the place of whoever was given one"),
  },
  {
    attack: "erased: traces",
    hole: "words of an operator name the person",
    ...inAnonymise,
    replace: "...(mentions(decision.reason, traces) && ",
    by: "...(decision.reason === traces.userId && ",
    test: erasing("leaves the person nowhere"),
  },
  {
    attack: "erased: traces",
    hole: "the form stays payable",
    ...inErase,
    replace: 'if (before?.status === "open") await payments.expireCheckout(id);',
    by: "",
    test: erasing("leaves the person nowhere"),
  },
  {
    attack: "erased: traces",
    hole: "what is replaced stays on the disk",
    file: "infra/local/aws/dynamodb/dynamodb.ts",
    replace: "if (isDue) await forgetDeleted(directory);",
    by: "if (isDue && !directory) await forgetDeleted(directory);",
    test: { file: "test/stack/personal-data.test.ts", title: "leaves no byte of the student" },
  },
];
