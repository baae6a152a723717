/** Holes in how a delivery is taken, whoever signed it. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook.test.ts", title });
const httpTest = (title: string) => ({ file: "test/attacks/webhook-over-http.test.ts", title });

export const DELIVERY_HOLES: Hole[] = [
  {
    attack: "webhook: replayed",
    hole: "a duplicate starts an execution of its own",
    file: "handlers/adapters/step-functions/executions.ts",
    replace: 'if (outcome !== "beyond-redrive") return outcome;',
    by: 'if (outcome === "redriven") return outcome;',
    test: httpTest("an event replayed within its five minutes is one execution"),
  },
  {
    attack: "webhook: huge body",
    hole: "a body may have any size",
    file: "handlers/webhook.ts",
    replace: "MAX_BODY_BYTES = 256 * 1024",
    by: "MAX_BODY_BYTES = Number.POSITIVE_INFINITY",
    test: test("with a body larger than any event is refused unread"),
  },
  {
    attack: "webhook: slow body",
    hole: "bodies are read one after another",
    file: "infra/local/http-api/api-gateway.ts",
    replace: "const event = await createGatewayEvent(request, matched, authorization);",
    by: `const line = handlers as typeof handlers & { last?: ReturnType<typeof createGatewayEvent> };
    line.last = Promise.resolve(line.last).then(() => createGatewayEvent(request, matched, authorization));
    const event = await line.last;`,
    test: httpTest("twenty bodies that never end hold up nobody"),
  },
  {
    attack: "webhook: wrong content type",
    hole: "a body of another type is taken as text, base64 and all",
    file: "handlers/webhook.ts",
    replace: 'request.isBase64Encoded ? "base64" : "utf8"',
    by: '"utf8"',
    test: httpTest("the content type .* changes nothing about who signed"),
  },
  {
    attack: "webhook: wrong method",
    hole: "a header can override the method",
    file: "infra/local/http-api/api-gateway.ts",
    replace: 'request.method ?? ""',
    by: 'String(request.headers["x-http-method-override"] ?? request.method)',
    test: httpTest("the webhook's address .* finds nothing there"),
  },
];
