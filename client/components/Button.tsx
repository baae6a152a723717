import type { ButtonHTMLAttributes } from "react";
import { Link, type LinkProps } from "react-router";

export type Look = "primary" | "quiet";

const SHAPE =
  "inline-flex items-center justify-center gap-2 rounded-xl font-medium whitespace-nowrap transition-colors duration-150 aria-disabled:cursor-progress";
const LOOKS: Record<Look, string> = {
  primary: "bg-accent px-5 py-3 text-on-accent hover:bg-accent-strong",
  quiet: "border border-line bg-surface px-4 py-2 text-sm text-ink hover:border-edge",
};

const classesFor = (look: Look, className = "") => `${SHAPE} ${LOOKS[look]} ${className}`;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  /** While busy the button keeps its place, its name and the focus, and does nothing. */
  isBusy?: boolean;
}

export function Button({
  look = "primary",
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
      className={classesFor(look, className)}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
    >
      {isBusy ? <BusyMark /> : null}
      {children}
    </button>
  );
}

export function ButtonLink({
  look = "primary",
  className,
  ...rest
}: LinkProps & { look?: Look; className?: string }) {
  return <Link {...rest} className={classesFor(look, className)} />;
}

function BusyMark() {
  return (
    <svg
      viewBox="0 0 20 20"
      className="-ml-1 size-4 motion-safe:animate-spin"
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
