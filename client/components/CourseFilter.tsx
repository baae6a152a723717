/** Search and the free/paid filter. */
import { useEffect, useRef } from "react";
import { useWords } from "../language.ts";
import type { CourseFilter as Filter } from "../use-course-filter.ts";
import { Button } from "./Button.tsx";

const PRICES = [
  { value: "", word: "anyPrice" },
  { value: "free", word: "free" },
  { value: "paid", word: "paid" },
] as const;

interface Props {
  filter: Filter;
  /** What has been found, in words. */
  found: string;
}

export function CourseFilter({ filter, found }: Props) {
  const { catalogue } = useWords();
  return (
    <div className="mt-8 mb-6">
      <form
        aria-label={catalogue.find}
        className="flex flex-col gap-4 sm:flex-row"
        onSubmit={(event) => event.preventDefault()}
      >
        <SearchField query={filter.query} onChange={(q) => filter.change({ q })} />
        <fieldset className="flex rounded-xl border border-edge bg-surface p-1">
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
                checked={filter.price === value}
                onChange={({ target }) => filter.change({ q: textIn(target.form), price: value })}
              />
              {catalogue[word]}
            </label>
          ))}
        </fieldset>
      </form>
      <div className="mt-4 flex h-10 items-center gap-4 text-sm text-muted">
        <output>{found}</output>
        {filter.isFiltering ? (
          <Button variant="quiet" onClick={() => filter.change({ q: "", price: "" })}>
            {catalogue.clear}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The address may be behind somebody who has just typed; the field is not. */
const textIn = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLInputElement>("input[name=q]")?.value ?? "";

function SearchField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const { catalogue } = useWords();
  const field = useRef<HTMLInputElement>(null);
  // While somebody types, the field is ahead of the address; only then it must not follow.
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = query;
  }, [query]);
  return (
    <input
      ref={field}
      type="search"
      name="q"
      aria-label={catalogue.search}
      placeholder={catalogue.search}
      autoComplete="off"
      defaultValue={query}
      onChange={(event) => onChange(event.target.value)}
      className="h-12 w-full grow rounded-xl border border-edge bg-surface px-4 placeholder:text-muted"
    />
  );
}
