/** The languages of the site, each by its own name. What is chosen holds in all tabs, and the next time. */
import { useState } from "react";
import { chooseLanguage, LANGUAGES, useLanguage } from "../language.ts";

export function LanguageChoice() {
  const { code, words } = useLanguage();
  const [hasFailed, setFailed] = useState(false);
  const choose = (wanted: string) => {
    setFailed(false);
    chooseLanguage(wanted).catch(() => setFailed(true));
  };
  return (
    <div className="grid justify-items-start gap-2">
      <select
        aria-label={words.frame.language}
        value={code}
        onChange={({ target }) => choose(target.value)}
        className="h-10 rounded-xl border border-edge bg-surface px-3 text-ink"
      >
        {Object.entries(LANGUAGES).map(([each, { name }]) => (
          <option key={each} value={each} lang={each}>
            {name}
          </option>
        ))}
      </select>
      {hasFailed ? (
        <p role="alert" className="text-warn">
          {words.frame.languageFailed}
        </p>
      ) : null}
    </div>
  );
}
