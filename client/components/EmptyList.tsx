/** What stands in the place of a list that has nothing in it: a sentence, and the way to the catalogue. */
import { useWords } from "../language.ts";
import { ButtonLink } from "./Button.tsx";

export function EmptyList({ children }: { children: string }) {
  const { frame } = useWords();
  return (
    <div className="rounded-card border border-line bg-surface px-6 py-16 text-center">
      <p className="mb-6 text-lg text-muted">{children}</p>
      <ButtonLink to="/">{frame.allCourses}</ButtonLink>
    </div>
  );
}
