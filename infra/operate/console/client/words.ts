/** Times and durations as people read them. */
import { usableLocale } from "#workflow/locale.ts";

const DATE = new Intl.DateTimeFormat(usableLocale(navigator.language), {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export const formatTime = (iso: string) => (iso ? DATE.format(new Date(iso)) : "");

/** @param to undefined: until now */
export function formatDuration(from: string, to: string | undefined, now = Date.now()): string {
  const ms = Math.max((to ? Date.parse(to) : now) - Date.parse(from), 0);
  if (!Number.isFinite(ms)) return "";
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`;
  if (ms < 86_400_000) return `${Math.floor(ms / 3_600_000)} h ${Math.floor((ms % 3_600_000) / 60_000)} min`;
  return `${Math.floor(ms / 86_400_000)} d ${Math.floor((ms % 86_400_000) / 3_600_000)} h`;
}

/** JSON on several lines; what is not JSON stays as it is. */
export function prettyJson(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
