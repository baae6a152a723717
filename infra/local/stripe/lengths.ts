/** How long a parameter's text may be, which the SDK's types do not say: Stripe's own OpenAPI description does. */
import { checkLength } from "./checkout/texts.ts";
import type { ParameterTypes } from "./parameter-types.ts";

const USUALLY = 5_000;
const EVIDENCE = 20_000;

const PERSON = { business_name: 150, email: 512, individual_name: 150, name: 256, phone: 20 };
const PRODUCT = { description: 40_000, statement_descriptor: 22, unit_label: 12 };

/** Where it is not as long as usual; infinite where Stripe gives no length. */
const LONGEST: Partial<Record<keyof ParameterTypes, Record<string, number>>> = {
  createCustomer: PERSON,
  updateCustomer: PERSON,
  listCustomers: { email: PERSON.email },
  createProduct: PRODUCT,
  updateProduct: PRODUCT,
  createPrice: {
    lookup_key: 200,
    "product_data[statement_descriptor]": PRODUCT.statement_descriptor,
    "product_data[unit_label]": PRODUCT.unit_label,
  },
  updatePrice: { lookup_key: 200 },
  createSession: {
    client_reference_id: 200,
    customer_email: Infinity,
    integration_identifier: 200,
    "line_items[price_data][product_data][description]": PRODUCT.description,
    "line_items[price_data][product_data][unit_label]": PRODUCT.unit_label,
    "payment_intent_data[description]": 1_000,
    "payment_intent_data[statement_descriptor]": 22,
    "payment_intent_data[statement_descriptor_suffix]": 22,
    payment_method_configuration: 100,
    return_url: Infinity,
  },
  listSessions: { "customer_details[email]": Infinity },
};

/** @throws StripeApiError 400. Metadata has limits of its own, and words of its own for them */
export function checkLengths(request: keyof ParameterTypes, value: unknown, path: string[] = []): void {
  if (path.at(-1) === "metadata") return;
  if (typeof value === "string") {
    const name = formName(path.filter((part) => !/^\d+$/.test(part)));
    const usually = path[0] === "evidence" ? EVIDENCE : USUALLY;
    checkLength(value, LONGEST[request]?.[name] ?? usually, formName(path));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) checkLengths(request, part, [...path, key]);
  }
}

/** `line_items/0/price` as Stripe writes it: `line_items[0][price]`. */
export function formName(path: string[]): string {
  return path.map((part, depth) => (depth === 0 ? part : `[${part}]`)).join("");
}
