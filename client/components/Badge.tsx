/** The mark of a course that is already the student's. */
import { useWords } from "../language.ts";
import { CheckMark } from "./CheckMark.tsx";

export function EnrolledBadge() {
  const { frame } = useWords();
  return (
    <span className="inline-flex items-center gap-1.5 rounded-full bg-accent-soft py-1 ps-2 pe-3 text-sm font-medium text-accent-strong">
      <CheckMark />
      {frame.enrolled}
    </span>
  );
}
