/** The API on stores in memory, with a payment provider and executions that a test may change. */
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { beforeEach } from "vitest";
import { createApi } from "#handlers/api.ts";
import { claimsOf, type GatewayRequest, gatewayEvent } from "#test/support/gateway-events.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { freeCourse, paidCourse, student } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { NOON } from "#test/support/purchases.ts";
import type { ExecutionFollowUp } from "#workflow/ports/executions.ts";

export const adasClaims = claimsOf("user-ada", {
  email: student.email,
  name: student.name,
  email_verified: "true",
});

interface ApiUnderTest {
  stores: InMemoryStores;
  payments: ProviderInMemory;
  executions: ExecutionFollowUp;
  /** The client's page. */
  shell: () => string;
  /** What the API's clock says, in milliseconds. */
  time: number;
  request(
    method: string,
    path: string,
    more?: Omit<GatewayRequest, "method" | "path">,
  ): Promise<{
    status: number | undefined;
    body: Record<string, unknown>;
    /** Of an answer that is one: its HTML, and who may keep it. */
    page?: string | undefined;
    cache?: unknown;
    /** The header, where the answer has it. */
    retryAfter?: unknown;
  }>;
  /** As the gateway gets it. */
  answer(request: GatewayRequest): Promise<APIGatewayProxyStructuredResultV2>;
  asAda(method: string, path: string, body?: string): ReturnType<ApiUnderTest["request"]>;
}

/** @returns an API that is new for every test of the file; what is set on it is what its handler then sees */
export function useApi(): ApiUnderTest {
  const under = {} as ApiUnderTest;

  beforeEach(() => {
    under.time = Date.parse(NOON);
    under.stores = createInMemoryStores({ courses: [paidCourse, freeCourse] });
    under.executions = { ensureExecution: async () => "running", findExecutionStatus: async () => "running" };
    under.payments = createProvider();
    under.shell = () => "<html><head><title>Bursar</title></head></html>";
    const { stores, payments, executions } = under;
    const handler = createApi({
      courses: stores,
      students: stores,
      enrollments: stores,
      openCheckouts: stores,
      purchases: stores,
      limits: stores,
      executions,
      payments,
      now: () => new Date(under.time),
      readShell: async () => under.shell(),
      clientUrl: "https://courses.example.com",
    });
    under.answer = (request) => handler(gatewayEvent(request), {} as Context);
    under.request = async (method, path, more) => {
      const answer = await under.answer({ method, path, ...more });
      const retryAfter = answer.headers?.["retry-after"];
      const isPage = String(answer.headers?.["content-type"]).startsWith("text/html");
      return {
        status: answer.statusCode,
        ...(isPage && { page: answer.body, cache: answer.headers?.["cache-control"] }),
        ...(retryAfter !== undefined && { retryAfter }),
        body: isPage ? {} : JSON.parse(answer.body || "null"),
      };
    };
    under.asAda = (method, path, body) => under.request(method, path, { claims: adasClaims, body });
  });

  return under;
}
