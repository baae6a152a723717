/** Search and the free/paid filter. Both live in the address, so they survive reload, Back and being shared. */
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";
import type { Course } from "#workflow/model.ts";
import { Button } from "./Button.tsx";

const PRICES = [
  { value: "", label: "All" },
  { value: "free", label: "Free" },
  { value: "paid", label: "Paid" },
] as const;

export interface Filter {
  query: string;
  price: string;
  accepts: (course: Course) => boolean;
  /** An empty value takes the parameter away. */
  change: (parameters: { q?: string; price?: string }) => void;
}

export function useCourseFilter(): Filter {
  const [parameters, setParameters] = useSearchParams();
  const query = parameters.get("q") ?? "";
  const price = parameters.get("price") ?? "";
  const words = query.toLowerCase().split(/\s+/);
  return {
    query,
    price,
    accepts: (course) => {
      const text = `${course.name} ${course.instructor} ${course.description}`.toLowerCase();
      return (!price || course.pricingModel === price) && words.every((word) => text.includes(word));
    },
    change: (changes) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
  };
}

export function CourseFilter({ filter, count }: { filter: Filter; count: number }) {
  const isFiltering = filter.query !== "" || filter.price !== "";
  return (
    <div className="mt-8">
      <form
        aria-label="Find courses"
        className="flex flex-col gap-4 sm:flex-row"
        onSubmit={(event) => event.preventDefault()}
      >
        <SearchField query={filter.query} onChange={(q) => filter.change({ q })} />
        <fieldset className="flex rounded-xl border border-edge bg-surface p-1">
          <legend className="sr-only">Price</legend>
          {PRICES.map(({ value, label }) => (
            <label
              key={label}
              className="grow rounded-lg px-4 py-1.5 text-center text-muted transition-colors duration-150 hover:text-ink has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="price"
                value={value}
                className="sr-only"
                checked={filter.price === value}
                onChange={() => filter.change({ price: value })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      </form>
      <div className="mt-4 flex h-10 items-center gap-4 text-sm text-muted">
        <output>{count === 1 ? "1 course" : `${count} courses`}</output>
        {isFiltering ? (
          <Button look="quiet" onClick={() => filter.change({ q: "", price: "" })}>
            Clear filters
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function SearchField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
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
      aria-label="Search courses"
      placeholder="Search courses"
      autoComplete="off"
      defaultValue={query}
      onChange={(event) => onChange(event.target.value)}
      className="h-12 w-full grow rounded-xl border border-edge bg-surface px-4 placeholder:text-muted"
    />
  );
}
