/** The form's part beside the payment: what the student says of the order, and what it comes to then. */
import type { OrderView } from "../checkout/order-answer.ts";
import type { OrderDetails } from "../checkout/order-details-schema.ts";
import type { StripeErrorBody } from "../errors.ts";

interface OrderForm {
  /** All that the fields say now, to be sent with the payment. */
  read(): Omit<OrderDetails, "promotionCode">;
}

interface OrderFormOptions {
  showError(error: StripeErrorBody | { message: string } | undefined): void;
  onChange(view: OrderView): void;
}

export function startOrderForm(form: HTMLFormElement, { showError, onChange }: OrderFormOptions): OrderForm {
  let latestRequest = 0;
  const fieldNamed = (name: string) =>
    form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
  const valueOf = (name: string) => fieldNamed(name)?.value.trim() ?? "";

  function read(): Omit<OrderDetails, "promotionCode"> {
    const country = valueOf("country");
    const terms = fieldNamed("agreesToTerms");
    return {
      ...(country && {
        address: {
          country,
          line1: valueOf("line1"),
          city: valueOf("city"),
          postal_code: valueOf("postal_code"),
        },
      }),
      ...(fieldNamed("taxId") && {
        taxId: valueOf("taxId")
          ? { type: valueOf("taxIdType"), value: valueOf("taxId"), name: valueOf("businessName") }
          : null,
      }),
      ...(terms instanceof HTMLInputElement && { agreesToTerms: terms.checked }),
    };
  }

  /** Only the last answer counts, whichever comes last. */
  async function send(details: OrderDetails): Promise<void> {
    latestRequest += 1;
    const request = latestRequest;
    showError(undefined);
    try {
      const response = await fetch(`/checkout/sessions/${form.dataset["session"]}/details`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "client-secret": form.dataset["clientSecret"] ?? "",
        },
        body: JSON.stringify(details),
      });
      const answer = (await response.json()) as OrderView & { error?: StripeErrorBody };
      if (request !== latestRequest) return;
      if (answer.error) return showError(answer.error);
      onChange(answer);
    } catch {
      showError({ message: "The order could not be changed. Try again." });
    }
  }

  form.querySelector("[data-testid='apply-code']")?.addEventListener("click", () => {
    void send({ promotionCode: valueOf("promotionCode") });
  });
  fieldNamed("promotionCode")?.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter") return;
    // Enter in this field is not yet to pay.
    event.preventDefault();
    void send({ promotionCode: valueOf("promotionCode") });
  });
  for (const name of ["country", "taxId", "taxIdType"]) {
    fieldNamed(name)?.addEventListener("change", () => {
      const { address, taxId } = read();
      const isWhole = !taxId || taxId.name !== "";
      void send({ ...(address && { address }), ...(isWhole && taxId !== undefined && { taxId }) });
    });
  }
  return { read };
}

/** Writes it where the page has said what the order comes to. */
export function showOrder({ rows, total }: OrderView): void {
  for (const place of document.querySelectorAll("[data-total]")) place.textContent = total;
  const list = document.querySelector(".amounts");
  list?.replaceChildren(
    ...rows.flatMap(({ name, term, amount }) => {
      const [label, value] = [document.createElement("dt"), document.createElement("dd")];
      label.textContent = term;
      value.textContent = amount;
      value.dataset["testid"] = `amount-${name}`;
      return [label, value];
    }),
  );
}
