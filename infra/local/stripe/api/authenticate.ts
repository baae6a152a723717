/** Lets the API be used with the secret key only, as Stripe does. */
import type { RequestHandler } from "express";
import { invalidRequest } from "../errors.ts";

export function authenticate(secretKey: string): RequestHandler {
  return (request, _response, next) => {
    const given = readKey(request.header("authorization"));
    if (!given) {
      throw invalidRequest(
        "You did not provide an API key. You need to provide your API key in the Authorization header, " +
          "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        { status: 401 },
      );
    }
    if (given.startsWith("pk_")) {
      throw invalidRequest(
        "This API call cannot be made with a publishable API key. Please use a secret API key.",
        { status: 401, code: "secret_key_required" },
      );
    }
    if (given !== secretKey) {
      throw invalidRequest(`Invalid API Key provided: ${mask(given)}`, { status: 401 });
    }
    next();
  };
}

/** Bearer, or Basic with the key as its user name as in `curl -u sk_test_...:`. */
function readKey(authorization = ""): string | undefined {
  const [scheme, value = ""] = authorization.split(" ");
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() === "basic") return Buffer.from(value, "base64").toString().split(":")[0];
  return undefined;
}

const mask = (key: string) => `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}`;
