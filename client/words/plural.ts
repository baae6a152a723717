/** Chooses among the forms of a word by the number that stands beside it. */
import { usableLocale } from "#workflow/locale.ts";
import { formatCount } from "../numbers.ts";

/** Each is given the number as the language writes it. */
type Forms = Partial<Record<Intl.LDMLPluralRule, (count: string) => string>> & {
  other: (count: string) => string;
};

/** @param language whose rules; `other` stands for every form that is not given */
export function pluralOf(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(usableLocale(language));
  return (count, forms) => (forms[rules.select(count)] ?? forms.other)(formatCount(count, language));
}
