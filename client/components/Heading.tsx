/** The page's one h1, and with it the document's title. Navigation moves the focus here. */
import { useWords } from "../language.ts";

export function Heading({
  title,
  className = "",
  children,
}: {
  title?: string;
  className?: string;
  children: string;
}) {
  const { frame } = useWords();
  return (
    <>
      <title>{frame.title({ heading: title ?? children })}</title>
      <h1 tabIndex={-1} className={`text-3xl leading-tight sm:text-4xl ${className}`}>
        {children}
      </h1>
    </>
  );
}
