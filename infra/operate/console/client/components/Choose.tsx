/** The box that chooses a line for a plan. */
import type { Chosen } from "../use-chosen.ts";

interface ChooseProps {
  chosen: Chosen;
  id: string;
  /** For those who do not see what it stands beside. */
  words: string;
}

export function Choose({ chosen, id, words }: ChooseProps) {
  return (
    <input
      type="checkbox"
      aria-label={words}
      checked={chosen.has(id)}
      onChange={() => chosen.toggle(id)}
      className="size-5"
    />
  );
}
