/** How far the student has come in a course. @param percent of the course that is finished, 0 to 100 */
import { useLanguage } from "../language.ts";
import { formatPercent } from "../numbers.ts";

export function Progress({ percent, course }: { percent: number; course: string }) {
  const { words, locale } = useLanguage();
  const rounded = Math.round(percent);
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <progress
        hidden={rounded === 0}
        aria-label={words.frame.progressIn({ course })}
        value={rounded}
        max={100}
        className="h-1.5 w-0 min-w-12 grow appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
      <span className="ms-auto tabular-nums">
        {rounded === 0 ? words.frame.notStarted : formatPercent(rounded, locale)}
      </span>
    </div>
  );
}
