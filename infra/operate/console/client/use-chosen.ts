/** Which groups and single letters are chosen, through all pages of a list; other filters begin anew. */
import { useState } from "react";
import type { FollowedLetters } from "#infra/operate/console/contract.ts";
import type { Place } from "./use-place.ts";

type LetterGroup = FollowedLetters["groups"][number];

export const keyOf = ({ error, courseId }: Pick<LetterGroup, "error" | "courseId">) =>
  JSON.stringify([error, courseId]);

export interface Chosen {
  has: (key: string) => boolean;
  toggle: (key: string) => void;
  /** Of groups by `keyOf`, of letters their message id. */
  keys: string[];
}

export function useChosen({ filters }: Place): Chosen {
  const [chosen, setChosen] = useState({ filters, keys: [] as string[] });
  const keys = chosen.filters === filters ? chosen.keys : [];
  return {
    keys,
    has: (key) => keys.includes(key),
    toggle: (key) =>
      setChosen({ filters, keys: keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key] }),
  };
}
