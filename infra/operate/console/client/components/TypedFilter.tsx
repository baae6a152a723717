/** A filter that is typed: it waits for a pause, so that a word is one search and not five. */
import { useEffect, useState } from "react";
import type { Place } from "../use-place.ts";
import { SearchField } from "./Field.tsx";

interface TypedFilterProps {
  place: Place;
  name: string;
  words: string;
  placeholder?: string;
}

export function TypedFilter({ place, name, ...field }: TypedFilterProps) {
  const value = place.valueOf(name);
  // What comes from elsewhere, the way back or a link, takes the place of what was typed.
  const [typed, setTyped] = useState({ text: value, over: value });
  const text = typed.over === value ? typed.text : value;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => place.change({ [name]: text }, true), 250);
    return () => clearTimeout(timer);
  });
  return (
    <SearchField
      {...field}
      value={text}
      onChange={(changed) => setTyped({ text: changed, over: value })}
      className="grow basis-32 sm:max-w-60"
    />
  );
}
