/** As much of Stripe's webhook endpoints and of Secrets Manager as the set-up calls; neither exists offline in full. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";

export async function startAccounts() {
  const endpoints = new Map<string, Record<string, unknown>>();
  const secretValues = new Map<string, string>();
  let knowsKeys = true;
  let takesWrites = true;
  let made = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const target = request.headers["x-amz-target"];
      const [status, answer] =
        typeof target === "string"
          ? answerSecrets(target.split(".")[1] ?? "", JSON.parse(body))
          : answerStripe(request.method ?? "", request.url ?? "", body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });

  function answerSecrets(operation: string, input: Record<string, string>): [number, object] {
    const name = input["SecretId"] ?? input["Name"] ?? "";
    const exists = secretValues.has(name);
    if (operation === "CreateSecret" ? exists : !exists)
      return [400, { __type: exists ? "ResourceExistsException" : "ResourceNotFoundException" }];
    if (operation === "GetSecretValue") return [200, { SecretString: secretValues.get(name) }];
    if (!takesWrites) return [400, { __type: "AccessDeniedException" }];
    secretValues.set(name, input["SecretString"] ?? "");
    return [200, { Name: name }];
  }

  function answerStripe(method: string, url: string, body: string): [number, object] {
    if (!knowsKeys) return [401, { error: { type: "invalid_request_error", message: "Invalid API Key" } }];
    const id = /webhook_endpoints\/(\w+)/.exec(url)?.[1];
    if (method === "GET") return [200, { object: "list", data: [...endpoints.values()], has_more: false }];
    if (method === "DELETE") return [200, { id, deleted: endpoints.delete(id ?? "") }];
    const wanted = readForm(body);
    if (id) return [200, Object.assign(endpoints.get(id) ?? {}, wanted)];
    made += 1;
    const endpoint = { id: `we_${made}`, object: "webhook_endpoint", ...wanted };
    endpoints.set(endpoint.id, endpoint);
    return [200, { ...endpoint, secret: `whsec_${made}` }];
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const secrets = openSecretStore({ endpoint: url, region: "us-east-1", credentials });
  return {
    url,
    endpoints,
    secretValues,
    secrets,
    refuseKeys: () => (knowsKeys = false),
    refuseWrites: () => (takesWrites = false),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Stripe's form encoding: `enabled_events[0]=...`. */
function readForm(body: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const list = /^(\w+)\[\d*\]$/.exec(name)?.[1];
    if (list) form[list] = [...((form[list] as string[]) ?? []), value];
    else form[name] = value;
  }
  return form;
}
