/** The fields of the console's forms, each under its words. */
import type { InputHTMLAttributes, ReactNode } from "react";

const CONTROL =
  "min-h-9 w-full rounded-lg border border-edge bg-surface px-2 text-sm text-ink disabled:opacity-60";

function Labelled({
  words,
  className = "",
  children,
}: {
  words: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <label className={`grid gap-1 text-xs text-muted ${className}`}>
      {words}
      {children}
    </label>
  );
}

interface SelectFieldProps<Value extends string> {
  words: string;
  value: Value;
  options: [value: Value, words: string][];
  onChange: (value: Value) => void;
}

export function SelectField<Value extends string>({
  words,
  value,
  options,
  onChange,
}: SelectFieldProps<Value>) {
  return (
    <Labelled words={words}>
      <select value={value} onChange={(event) => onChange(event.target.value as Value)} className={CONTROL}>
        {options.map(([option, optionWords]) => (
          <option key={option} value={option}>
            {optionWords}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

interface NumberFieldProps {
  words: string;
  value: number;
  max: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** Takes whole numbers from 0. */
export function NumberField({ words, onChange, ...rest }: NumberFieldProps) {
  return (
    <Labelled words={words}>
      <input
        type="number"
        min={0}
        {...rest}
        onChange={(event) => onChange(event.target.valueAsNumber || 0)}
        className={CONTROL}
      />
    </Labelled>
  );
}

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  words: string;
  onChange: (value: string) => void;
}

export function TextField({ words, className = "", onChange, ...rest }: TextFieldProps) {
  return (
    <Labelled words={words} className={className}>
      <input type="text" {...rest} onChange={(event) => onChange(event.target.value)} className={CONTROL} />
    </Labelled>
  );
}

export function SearchField({ words, className = "", onChange, ...rest }: TextFieldProps) {
  return (
    <Labelled words={words} className={className}>
      <input
        type="search"
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className={`${CONTROL} font-mono placeholder:text-muted`}
      />
    </Labelled>
  );
}
