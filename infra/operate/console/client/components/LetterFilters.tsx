/** Narrows the list of letters; all of it stands in the address. */
import type { FollowedLetters } from "#infra/operate/console/contract.ts";
import type { Place } from "../use-place.ts";
import { SelectField } from "./Field.tsx";
import { TimeFilter } from "./TimeFilter.tsx";
import { TypedFilter } from "./TypedFilter.tsx";

interface LetterFiltersProps {
  place: Place;
  letters: FollowedLetters;
}

export function LetterFilters({ place, letters: { errors, courseIds } }: LetterFiltersProps) {
  return (
    <search aria-label="Dead letters" className="flex flex-wrap items-end gap-3">
      <Choice place={place} name="error" words="Error" values={errors} />
      <Choice place={place} name="course" words="Course" values={courseIds} />
      <TimeFilter place={place} words="Sent" />
      <TypedFilter place={place} name="student" words="Student id" />
      <TypedFilter place={place} name="id" words="Event, execution, session or letter" />
    </search>
  );
}

interface ChoiceProps {
  place: Place;
  name: string;
  words: string;
  values: string[];
}

/** What a link asks for stays chosen when there is none of it any more. */
function Choice({ place, name, words, values }: ChoiceProps) {
  const value = place.valueOf(name);
  const all = value && !values.includes(value) ? [...values, value] : values;
  return (
    <SelectField
      words={words}
      value={value}
      options={[["", "All"], ...all.map((one): [string, string] => [one, one])]}
      onChange={(chosen) => place.change({ [name]: chosen })}
    />
  );
}
