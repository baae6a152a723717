export function EnrolledBadge() {
  return (
    <span className="inline-flex items-center gap-1.5 rounded-full bg-accent-soft py-1 pr-3 pl-2 text-sm font-medium text-accent-strong">
      <svg
        viewBox="0 0 16 16"
        className="size-4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d="m3.5 8.5 3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Enrolled
    </span>
  );
}
