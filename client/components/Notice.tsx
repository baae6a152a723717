/** A sentence or two that stand out of the page, with what can be done about them. */
import type { ReactNode } from "react";

interface Props {
  title: string;
  tone?: "plain" | "warn";
  children?: ReactNode;
  action?: ReactNode;
  role?: "alert";
}

export function Notice({ title, tone = "plain", children, action, role }: Props) {
  const colours =
    tone === "warn" ? "border-warn-line bg-warn-soft text-warn" : "border-line bg-surface text-muted";
  return (
    <div
      role={role}
      className={`flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border px-5 py-4 text-sm ${colours}`}
    >
      <div className="min-w-0 grow basis-60">
        <p className={`font-medium ${tone === "warn" ? "" : "text-ink"}`}>{title}</p>
        {children}
      </div>
      {action}
    </div>
  );
}
