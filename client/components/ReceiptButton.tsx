/** Shows the payment provider's receipt or invoice in a tab of its own. */
import { useState } from "react";
import { findReceipt } from "../api.ts";
import { type ApiError, toApiError } from "../api-error.ts";
import { useWords } from "../language.ts";
import { describeProblem } from "../problem-words.ts";
import { Button, buttonClasses } from "./Button.tsx";

interface Props {
  checkoutSessionId: string;
  document: "receipt" | "invoice";
  /** Tells one such button of a page from another. */
  courseName?: string;
}

interface State {
  isBusy: boolean;
  problem?: ApiError;
  /** Where the receipt is, when the browser would not open a tab for it. */
  url?: string;
}

export function ReceiptButton({ checkoutSessionId, document, courseName }: Props) {
  const words = useWords();
  const label = courseName && words.purchases[document].of({ course: courseName });
  const [{ isBusy, problem, url }, setState] = useState<State>({ isBusy: false });

  const show = async () => {
    const tab = openBlankTab();
    setState({ isBusy: true });
    try {
      const found = await findReceipt(checkoutSessionId);
      tab?.location.replace(found);
      setState({ isBusy: false, ...(!tab && { url: found }) });
    } catch (error) {
      tab?.close();
      setState({ isBusy: false, problem: toApiError(error) });
    }
  };

  if (url) {
    return (
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={label}
        className={buttonClasses("quiet")}
      >
        {words.purchases[document].name}
      </a>
    );
  }
  return (
    <div className="grid gap-2">
      <Button variant="quiet" isBusy={isBusy} aria-label={label} onClick={() => void show()}>
        {words.purchases[document].name}
      </Button>
      {problem ? (
        <p role="alert" className="max-w-60 text-sm text-warn">
          {describeProblem(problem, words)}
        </p>
      ) : null}
    </div>
  );
}

/** At the click, since browsers block what opens later by itself; and without a way back to this page. */
function openBlankTab(): Window | null {
  const tab = window.open("about:blank", "_blank");
  if (tab) tab.opener = null;
  return tab;
}
