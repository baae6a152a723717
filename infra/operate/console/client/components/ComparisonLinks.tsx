/** What an execution is best compared with: what it was before, what took its place, or another one. */
import { Link } from "react-router";
import type { FollowedExecution } from "#infra/operate/console/contract.ts";

const addressOf = (sides: Record<string, string | number>) =>
  `/compare?${new URLSearchParams(Object.entries(sides).map(([side, value]) => [side, String(value)]))}`;

type Compared = Pick<FollowedExecution, "name" | "redriveCount" | "standing">;

export function ComparisonLinks({ execution: { name, redriveCount, standing } }: { execution: Compared }) {
  const place = /^(.+)-r(\d)$/.exec(name);
  const before = place && (place[2] === "1" ? place[1] : `${place[1]}-r${Number(place[2]) - 1}`);
  const links: [words: string, sides: Record<string, string | number>][] = [];
  const runs = { left: name, leftRun: redriveCount - 1, right: name, rightRun: redriveCount };
  if (redriveCount > 0) links.push(["the run before the last redrive", runs]);
  if (standing) links.push(["the one in its place", { left: name, right: standing.executionName }]);
  if (before) links.push(["the one whose place it took", { left: before, right: name }]);
  links.push(["another one", { left: name }]);
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted">
      Compare with
      {links.map(([words, sides]) => (
        <Link key={words} to={addressOf(sides)} className="break-all text-accent underline">
          {words}
        </Link>
      ))}
    </p>
  );
}
