/** When something was: the last hours or days, or between two moments, which a link keeps as they are. */
import { useState } from "react";
import type { Place } from "../use-place.ts";
import { SelectField, TextField } from "./Field.tsx";

const RANGES: [value: string, words: string][] = [
  ["", "Any time"],
  ["1h", "The last hour"],
  ["24h", "The last 24 hours"],
  ["7d", "The last 7 days"],
  ["30d", "The last 30 days"],
];
const BETWEEN = "between";

export function TimeFilter({ place, words }: { place: Place; words: string }) {
  const { valueOf, change } = place;
  const hasMoments = Boolean(valueOf("since") || valueOf("until"));
  const [isOpen, setIsOpen] = useState(false);
  const isBetween = hasMoments || isOpen;
  const choose = (range: string) => {
    setIsOpen(range === BETWEEN);
    change({ within: range === BETWEEN ? "" : range, since: "", until: "" });
  };
  return (
    <>
      <SelectField
        words={words}
        value={isBetween ? BETWEEN : valueOf("within")}
        options={[...RANGES, [BETWEEN, "Between..."]]}
        onChange={choose}
      />
      {isBetween ? (
        <>
          <Moment name="since" words="From" place={place} />
          <Moment name="until" words="To" place={place} />
        </>
      ) : null}
    </>
  );
}

function Moment({ place, name, words }: { place: Place; name: string; words: string }) {
  const moment = place.valueOf(name);
  return (
    <TextField
      type="datetime-local"
      words={words}
      value={moment ? toLocal(moment) : ""}
      onChange={(local) => place.change({ [name]: local ? new Date(local).toISOString() : "" }, true)}
    />
  );
}

/** @returns as the field has it: this browser's time, without a zone */
function toLocal(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
