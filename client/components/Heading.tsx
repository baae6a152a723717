/** The page's one h1, and with it the document's title. Navigation moves the focus here. */
import { useWords } from "../language.ts";
import { useSeller } from "../seller.ts";

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
  const { name } = useSeller();
  return (
    <>
      <title>{frame.title({ heading: title ?? children, seller: name })}</title>
      <h1 tabIndex={-1} className={`text-3xl leading-tight sm:text-4xl ${className}`}>
        {children}
      </h1>
    </>
  );
}
