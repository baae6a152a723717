/** Which two executions are compared: by their names, or with the last that succeeded. */
import { Form, Link } from "react-router";
import type { ExecutionsPage } from "#infra/operate/console/contract.ts";
import { useLive } from "../use-live.ts";
import { Button } from "./Button.tsx";
import { Empty, Loading } from "./Notice.tsx";

const FIELDS = [["left", "Left execution"] as const, ["right", "Right execution"] as const];

interface Names {
  left: string;
  right: string;
}

export function ChooseNames({ names }: { names: Names }) {
  return (
    <Form action="/compare" className="flex flex-wrap items-end gap-3">
      {FIELDS.map(([side, words]) => (
        <label key={side} className="grid grow gap-1 text-xs text-muted sm:max-w-sm">
          {words}
          <input
            name={side}
            defaultValue={names[side]}
            required
            spellCheck={false}
            autoComplete="off"
            className="min-h-9 w-full rounded-lg border border-edge bg-surface px-2 font-mono text-sm text-ink"
          />
        </label>
      ))}
      <Button type="submit">Compare</Button>
    </Form>
  );
}

/** Whoever has one failed execution most often wants one that has not. */
export function Suggestions({ left, right }: Names) {
  const { data, error } = useLive<ExecutionsPage>("executions?status=SUCCEEDED");
  const given = left || right;
  const names = (data?.executions ?? []).map(({ name }) => name).filter((name) => name !== given);
  if (!data) return error ? <Empty title={error} /> : <Loading rows={3} />;
  if (!given) return <Empty title="Name two executions">Or come here from an execution&apos;s page.</Empty>;
  return (
    <section aria-label="The last that succeeded" className="grid gap-2">
      <h2 className="text-base">Compare with the last that succeeded</h2>
      {names.length === 0 ? <p className="text-muted">None has succeeded yet.</p> : null}
      <ul className="grid gap-1">
        {names.slice(0, 5).map((name) => (
          <li key={name}>
            <Link
              to={`/compare?${new URLSearchParams(left ? { left, right: name } : { left: name, right })}`}
              className="font-mono break-all text-accent underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
