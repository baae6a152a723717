/** The tick that stands beside what is done or promised; decoration, so the words beside it must say it too. */
export function CheckMark({ className = "" }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="m3 8.5 3.25 3.25 6.75-7.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
