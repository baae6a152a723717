/** A button, and a link that does a button's work. */
import type { ButtonHTMLAttributes } from "react";
import { Link, type LinkProps } from "react-router";

export type Variant = "primary" | "quiet";

const SHAPE =
  "inline-flex items-center justify-center gap-2 max-w-full shrink-0 rounded-xl text-center font-medium transition-colors duration-150 aria-disabled:cursor-progress";
const VARIANTS: Record<Variant, string> = {
  primary: "bg-accent px-5 py-3 text-on-accent hover:bg-accent-strong",
  quiet: "border border-line bg-surface px-4 py-2 text-sm text-ink hover:border-edge",
};

/** For what must be an `<a>` or another element and is to look like a button. */
export const buttonClasses = (variant: Variant, className = "") =>
  `${SHAPE} ${VARIANTS[variant]} ${className}`;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: Variant;
  /** While busy the button keeps its place, its name and the focus, and does nothing. */
  isBusy?: boolean;
}

export function Button({
  variant = "primary",
  isBusy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy || undefined}
      className={buttonClasses(variant, className)}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
    >
      {isBusy ? <BusyMark /> : null}
      {children}
    </button>
  );
}

export function ButtonLink({
  variant = "primary",
  className,
  ...rest
}: LinkProps & { variant?: Variant; className?: string }) {
  return <Link {...rest} className={buttonClasses(variant, className)} />;
}

function BusyMark() {
  return (
    <svg
      viewBox="0 0 20 20"
      className="-ms-1 size-4 motion-safe:animate-spin"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
    >
      <circle cx="10" cy="10" r="7.5" opacity="0.3" />
      <path d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" strokeLinecap="round" />
    </svg>
  );
}
