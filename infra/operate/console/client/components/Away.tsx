/** Says that the server does not answer as it should, and how old what is shown instead is. */
import type { Live } from "../use-live.ts";
import { formatDuration, formatTime } from "../words.ts";
import { Notice } from "./Notice.tsx";

export function Away({ live: { data, error, saidAt } }: { live: Live<unknown> }) {
  if (!error) return null;
  if (data === undefined) return <Notice tone="bad">{error}</Notice>;
  const at = new Date(saidAt).toISOString();
  return (
    <Notice tone="bad">
      {error} What is shown was said at {formatTime(at)}, {formatDuration(at, undefined)} ago.
    </Notice>
  );
}
