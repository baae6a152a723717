/** Refusals in Stripe's own shape, with the codes and the wording that Stripe uses. */

export interface StripeErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  doc_url?: string;
  request_log_url?: string;
}

export class StripeApiError extends Error {
  override name = "StripeApiError";
  readonly status: number;
  readonly body: StripeErrorBody;

  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export function invalidRequest(
  message: string,
  details: { code?: string; param?: string; status?: number } = {},
): StripeApiError {
  const { status = 400, ...rest } = details;
  return new StripeApiError(status, { type: "invalid_request_error", message, ...rest });
}

/** @param param where the id stood: a parameter's name, or `id` for one in the path, which is a 404 */
export function resourceMissing(noun: string, id: string, param = "id"): StripeApiError {
  const status = param === "id" ? 404 : 400;
  return invalidRequest(`No such ${noun}: '${id}'`, { status, code: "resource_missing", param });
}
