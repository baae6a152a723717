/** Search and the free/paid filter. */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useWords } from "../language.ts";
import type { CourseSearch } from "../use-course-search.ts";
import { Button } from "./Button.tsx";

const PRICES = [
  { value: "", word: "anyPrice" },
  { value: "free", word: "free" },
  { value: "paid", word: "paid" },
] as const;

interface Props {
  search: CourseSearch;
  /** What has been found, in words. */
  found: string;
}

/** A request for each word rather than for each letter. */
const PAUSE_MS = 200;

export function CourseFilter({ search, found }: Props) {
  const { catalogue } = useWords();
  const ask = useAsking(search);
  return (
    <div className="mt-8 mb-6">
      <form
        aria-label={catalogue.find}
        className="flex flex-col gap-4 sm:flex-row"
        onSubmit={(event) => event.preventDefault()}
      >
        <SearchField
          query={search.query}
          onSearch={(q) => {
            // Whoever has typed and then chosen a course at once wants the course.
            if (!search.isLeaving) ask({ q });
          }}
        />
        <fieldset className="flex flex-wrap rounded-xl border border-edge bg-surface p-1 sm:shrink-0">
          <legend className="sr-only">{catalogue.price}</legend>
          {PRICES.map(({ value, word }) => (
            <label
              key={word}
              className="grow rounded-lg px-4 py-1.5 text-center text-muted transition-colors duration-150 hover:text-ink has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="price"
                value={value}
                className="sr-only"
                checked={search.price === value}
                onChange={({ target }) => ask({ q: textIn(target.form), price: value })}
              />
              {catalogue[word]}
            </label>
          ))}
        </fieldset>
      </form>
      <div className="mt-4 flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
        <output>{found}</output>
        {search.isSearching ? (
          <Button variant="quiet" onClick={() => ask({ q: "", price: "" })}>
            {catalogue.clear}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** Each change goes on from the one before, whether or not the address has followed by then. */
function useAsking({ query: q, price, change }: CourseSearch) {
  const asked = useRef({ q, price });
  useEffect(() => {
    asked.current = { q, price };
  }, [q, price]);
  return (changes: { q?: string; price?: string }) => {
    asked.current = { ...asked.current, ...changes };
    change(asked.current);
  };
}

/** The address may be behind somebody who has just typed; the field is not. */
const textIn = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLInputElement>("input[name=q]")?.value ?? "";

function SearchField({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
  const { catalogue } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<{ at: number }>();
  // While somebody types, the field is ahead of the address; only then it must not follow.
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = query;
  }, [query]);
  const searchForText = useEffectEvent(() => {
    const text = field.current?.value ?? "";
    if (text !== query) onSearch(text);
  });
  useEffect(() => {
    if (!typed) return;
    const pause = window.setTimeout(() => searchForText(), PAUSE_MS);
    return () => window.clearTimeout(pause);
  }, [typed]);
  return (
    <input
      ref={field}
      type="search"
      name="q"
      aria-label={catalogue.search}
      placeholder={catalogue.search}
      autoComplete="off"
      maxLength={200}
      defaultValue={query}
      onChange={({ timeStamp }) => setTyped({ at: timeStamp })}
      className="h-12 w-full grow rounded-xl border border-edge bg-surface px-4 placeholder:text-muted"
    />
  );
}
