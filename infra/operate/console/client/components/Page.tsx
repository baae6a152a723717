/** A page's heading, which takes the focus after navigation, and its title. */
import { type ReactNode, useEffect, useRef } from "react";

export function Page({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    document.title = `${heading.current?.textContent ?? ""} - Bursar console`;
  }, []);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 ref={heading} tabIndex={-1} className="min-w-0 text-xl break-all">
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </div>
  );
}
