/** The payment form in the iframe: formats what is typed, confirms, and says what came of it. */
import type { ConfirmAnswer } from "../checkout/confirm-answer.ts";
import type { StripeErrorBody } from "../errors.ts";
import type { FormMessage } from "./messages.ts";
import { showOrder, startOrderForm } from "./order-details.ts";

/** Where an error belongs that names a parameter. */
const FIELD_OF_PARAM: Record<string, string> = {
  email: "email",
  number: "cardNumber",
  exp_month: "cardExpiry",
  exp_year: "cardExpiry",
  cvc: "cardCvc",
  "sepa_debit[iban]": "iban",
  "address[country]": "country",
  "address[line1]": "line1",
  "address[city]": "city",
  agreesToTerms: "agreesToTerms",
  businessName: "businessName",
  promotionCode: "promotionCode",
  taxId: "taxId",
};
/** Name, words for who leaves it out, parameter. */
const REQUIRED_FIELDS: Record<string, [name: string, message: string, param: string][]> = {
  card: [
    ["cardNumber", "Enter your card number.", "number"],
    ["cardExpiry", "Enter the card's expiration date.", "exp_month"],
    ["cardCvc", "Enter the card's security code.", "cvc"],
  ],
  sepa_debit: [["iban", "Enter your IBAN.", "sepa_debit[iban]"]],
};
const FIELD_OF_CODE: Record<string, string> = { expired_card: "cardExpiry", incorrect_cvc: "cardCvc" };

function tell(message: FormMessage): void {
  window.parent.postMessage(message, "*");
}

function start(form: HTMLFormElement): void {
  const dialog = present(document.querySelector("dialog"));
  const alert = present(form.querySelector<HTMLElement>("[role=alert]"));
  const button = present(form.querySelector<HTMLButtonElement>("button[type=submit]"));
  const label = present(button.querySelector(".pay-label"));
  let payLabel = label.textContent;
  const inputNamed = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  const valueOf = (name: string) => inputNamed(name)?.value.trim() ?? "";

  function selectMethod(type: string): void {
    for (const panel of form.querySelectorAll<HTMLElement>("[data-panel]")) {
      panel.hidden = panel.dataset["panel"] !== type;
    }
    showError(undefined);
  }

  /** Undefined for an order that asks for nothing. */
  function selectedMethod(): string | undefined {
    if (form.querySelector<HTMLElement>(".methods")?.hidden) return undefined;
    return form.querySelector<HTMLInputElement>("[name=paymentMethodType]:checked")?.value;
  }

  function showError(error: Pick<StripeErrorBody, "message" | "param" | "code"> | undefined): void {
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    alert.hidden = !error;
    alert.textContent = error?.message ?? "";
    const field = FIELD_OF_PARAM[error?.param ?? ""] ?? FIELD_OF_CODE[error?.code ?? ""];
    const input = field ? inputNamed(field) : null;
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
  }

  const order = startOrderForm(form, {
    showError,
    onChange(view) {
      showOrder(view);
      payLabel = view.payLabel;
      label.textContent = payLabel;
      const methods = form.querySelector<HTMLElement>(".methods");
      if (methods) methods.hidden = view.isFree;
    },
  });

  function showBusy(busy: boolean): void {
    button.disabled = busy;
    button.classList.toggle("busy", busy);
    label.textContent = busy ? "Processing…" : payLabel;
  }

  function firstGap(): { message: string; param: string } | undefined {
    const required = [
      ["email", "Enter your email.", "email"] as const,
      ...(REQUIRED_FIELDS[selectedMethod() ?? ""] ?? []),
    ];
    const gap = required.find(([name]) => valueOf(name) === "");
    return gap && { message: gap[1], param: gap[2] };
  }

  async function confirm(threeDSecure?: "complete" | "fail"): Promise<void> {
    showError(undefined);
    showBusy(true);
    try {
      const answer = await send(threeDSecure);
      if (answer.status === "requires_action") askBank();
      else finish(answer.returnUrl);
    } catch (error) {
      showBusy(false);
      showError(isRefusal(error) ? error : { message: "The payment could not be sent. Try again." });
    }
  }

  async function send(threeDSecure: "complete" | "fail" | undefined): Promise<ConfirmAnswer> {
    const response = await fetch(`/checkout/sessions/${form.dataset["session"]}/confirm`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "client-secret": form.dataset["clientSecret"] ?? "",
      },
      body: JSON.stringify({
        ...order.read(),
        email: valueOf("email"),
        paymentMethod: paymentMethod(),
        threeDSecure,
      }),
    });
    const answer = (await response.json()) as ConfirmAnswer & { error?: StripeErrorBody };
    if (answer.error) throw answer.error;
    return answer;
  }

  function paymentMethod() {
    const type = selectedMethod();
    if (!type) return undefined;
    if (type === "sepa_debit") {
      return { type: "sepa_debit", iban: valueOf("iban"), name: valueOf("accountName") };
    }
    return {
      type: "card",
      number: valueOf("cardNumber"),
      expiry: valueOf("cardExpiry"),
      cvc: valueOf("cardCvc"),
      name: valueOf("cardName"),
    };
  }

  function finish(returnUrl: string | null): void {
    label.textContent = "Paid";
    button.classList.replace("busy", "done");
    tell({ from: "stripe-stand-in", type: "complete", returnUrl });
  }

  /** The iframe is as tall as the form, so its middle may be out of sight; the button that was pressed is not. */
  function askBank(): void {
    dialog.style.top = `${Math.max(16, button.offsetTop - 200)}px`;
    dialog.showModal();
  }

  function answerBank(answer: "complete" | "fail"): void {
    dialog.close();
    void confirm(answer);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const gap = firstGap();
    if (gap) showError(gap);
    else void confirm();
  });
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "radio") selectMethod(target.value);
  });
  present(dialog.querySelector("[data-testid='3ds-complete']")).addEventListener("click", () =>
    answerBank("complete"),
  );
  present(dialog.querySelector("[data-testid='3ds-fail']")).addEventListener("click", () =>
    answerBank("fail"),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    answerBank("fail");
  });

  for (const [name, format] of Object.entries(FORMATS)) {
    const input = inputNamed(name);
    input?.addEventListener("input", () => reformat(input, format));
  }
  for (const choice of document.querySelectorAll<HTMLElement>("[data-fill]")) {
    choice.addEventListener("click", () => {
      const type = choice.dataset["fill"] ?? "card";
      const radio = form.querySelector<HTMLInputElement>(`[value="${type}"]`);
      if (radio) radio.checked = true;
      selectMethod(type);
      const values: Record<string, string> =
        type === "card"
          ? { cardNumber: choice.dataset["number"] ?? "", cardExpiry: "12 / 34", cardCvc: "123" }
          : { iban: choice.dataset["number"] ?? "" };
      for (const [name, value] of Object.entries(values)) {
        const input = inputNamed(name);
        if (input) input.value = value;
      }
      button.focus();
    });
  }
}

const digits = (text: string) => text.replaceAll(/\D/g, "");

const FORMATS: Record<string, (text: string) => string> = {
  cardNumber: (text) =>
    digits(text)
      .slice(0, 19)
      .replaceAll(/(\d{4})(?=\d)/g, "$1 "),
  cardExpiry: (text) => {
    const [, month = "", year = ""] = /^(\d{0,2})(\d{0,4})/.exec(padMonth(text)) ?? [];
    return year ? `${month} / ${year}` : month;
  },
  cardCvc: (text) => digits(text).slice(0, 4),
};

/** `4/3` and `43` mean April: no month begins with a digit above 1. */
function padMonth(text: string): string {
  const typed = digits(text);
  return /^\d\s*\//.test(text) || /^[2-9]/.test(typed) ? `0${typed}` : typed;
}

/** Formats only while typing at the end, where the caret stays put. */
function reformat(input: HTMLInputElement, format: (text: string) => string): void {
  if (input.selectionStart === input.value.length) input.value = format(input.value);
}

function present<T>(element: T | null): T {
  if (!element) throw new Error("the payment form is incomplete");
  return element;
}

function isRefusal(error: unknown): error is StripeErrorBody {
  return typeof error === "object" && error !== null && "type" in error && "message" in error;
}

const form = document.querySelector("form");
if (form) start(form);

new ResizeObserver(() => {
  tell({
    from: "stripe-stand-in",
    type: "height",
    height: Math.ceil(document.body.getBoundingClientRect().height),
  });
}).observe(document.body);
