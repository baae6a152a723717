/** The page's one h1, and with it the document's title. Navigation moves the focus here. */
export function Heading({
  title,
  className = "",
  children,
}: {
  title?: string;
  className?: string;
  children: string;
}) {
  return (
    <>
      <title>{`${title ?? children} · Bursar`}</title>
      <h1 tabIndex={-1} className={`text-3xl leading-tight sm:text-4xl ${className}`}>
        {children}
      </h1>
    </>
  );
}
