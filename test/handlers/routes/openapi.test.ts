import { expect, test } from "vitest";
import { describeApi } from "#handlers/openapi/document.ts";
import { useApi } from "#test/handlers/use-api.ts";

const api = useApi();
const document = describeApi("https://courses.example.com");

test("the API's description is served as it is printed, with the deployment's own address", async () => {
  await expect(api.request("GET", "/api/openapi.json")).resolves.toEqual({
    status: 200,
    body: JSON.parse(JSON.stringify(document)),
  });
});

const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
);

// The webhook is a function of its own.
test.each(described.filter(([, path]) => path !== "/api/webhooks/stripe"))(
  "what it describes is served: %s %s",
  async (method, path) => {
    const { status, body } = await api.asAda(method, path.replaceAll(/\{\w+\}/g, "any"));
    expect([status, body]).not.toEqual([
      404,
      { error: expect.objectContaining({ code: "not_found" }) as unknown },
    ]);
  },
);
