/** The console's button, of which some do harm. */
import type { ButtonHTMLAttributes, Ref } from "react";

const VARIANTS = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong",
  quiet: "bg-surface text-ink border-line hover:border-edge",
  danger: "bg-surface text-bad border-bad/50 hover:border-bad",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof VARIANTS;
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = "quiet", isBusy = false, className = "", onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy || undefined}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
      className={`inline-flex min-h-9 items-center justify-center gap-1.5 rounded-lg border px-3 py-1.5 font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-progress aria-disabled:opacity-70 ${VARIANTS[variant]} ${className}`}
    />
  );
}
