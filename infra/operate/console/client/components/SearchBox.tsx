/** The one box that finds a purchase by whatever id somebody has in their hand. `/` leads into it from anywhere. */
import { useEffect, useRef, useState } from "react";
import { Form, useLocation } from "react-router";
import { Button } from "./Button.tsx";

export function SearchBox() {
  const { pathname, search } = useLocation();
  const searched = pathname === "/find" ? (new URLSearchParams(search).get("id") ?? "") : "";
  return <IdForm key={searched} searched={searched} />;
}

function IdForm({ searched }: { searched: string }) {
  const [id, setId] = useState(searched);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const enterBySlash = (event: KeyboardEvent) => {
      const isWriting =
        event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
      if (event.key !== "/" || isWriting) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener("keydown", enterBySlash);
    return () => document.removeEventListener("keydown", enterBySlash);
  }, []);
  return (
    <search className="w-full sm:ml-auto sm:w-96">
      <Form action="/find" className="flex gap-2">
        <input
          ref={box}
          type="search"
          name="id"
          aria-label="Find"
          aria-keyshortcuts="/"
          placeholder="e-mail, order number, cs_, any id"
          autoComplete="off"
          spellCheck={false}
          required
          value={id}
          onChange={(event) => setId(event.target.value)}
          className="min-h-9 w-full min-w-0 rounded-lg border border-edge bg-surface px-2 font-mono text-sm text-ink placeholder:text-muted"
        />
        <Button type="submit">Find</Button>
      </Form>
    </search>
  );
}
