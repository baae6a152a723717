/** What this console can do, for every part of the page. */
import { createContext, use } from "react";
import type { About } from "../contract.ts";

/** Of the sentence that says why nothing can be changed. */
export const ONLY_LOOKS_ID = "only-looks";

export const AboutContext = createContext<About | undefined>(undefined);

export function useAbout(): About {
  const about = use(AboutContext);
  if (!about) throw new Error("useAbout is for what is inside the shell");
  return about;
}
