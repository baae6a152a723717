/** Leaves for the issuer's sign-in page, and says so when that is not possible. */
import { type ReactNode, useState } from "react";
import { useLocation } from "react-router";
import { useWords } from "../language.ts";
import { signIn } from "../sign-in.ts";
import { Button, type Variant } from "./Button.tsx";

interface Props {
  children: ReactNode;
  variant?: Variant;
  /** A path of this site; without one the student comes back to this page. */
  returnPath?: string;
  className?: string;
}

export function SignInButton({ children, variant = "primary", returnPath, className }: Props) {
  const { frame } = useWords();
  const { pathname, search } = useLocation();
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");

  const leave = () => {
    setState("leaving");
    signIn(returnPath ?? pathname + search).catch(() => setState("failed"));
  };

  return (
    <div className="relative">
      <Button variant={variant} isBusy={state === "leaving"} onClick={leave} className={className}>
        {children}
      </Button>
      {state === "failed" ? (
        <p
          role="alert"
          className="absolute top-full end-0 z-10 mt-2 w-64 rounded-lg border border-warn-line bg-warn-soft p-3 text-sm text-warn"
        >
          {frame.signInFailed}
        </p>
      ) : null}
    </div>
  );
}
