/** What an execution is best compared with: what it was before, what took its place, or another one. */
import { Link } from "react-router";
import type { FollowedExecution } from "#infra/operate/console/contract.ts";

const addressOf = (sides: Record<string, string | number>) =>
  `/compare?${new URLSearchParams(Object.entries(sides).map(([side, value]) => [side, String(value)]))}`;

type Compared = Pick<FollowedExecution, "name" | "redriveCount" | "standing">;

export function ComparisonLinks({ execution: { name, redriveCount, standing } }: { execution: Compared }) {
  const place = /^(.+)-r(\d)$/.exec(name);
  const before = place && (place[2] === "1" ? place[1] : `${place[1]}-r${Number(place[2]) - 1}`);
  const links: [words: string, address: string][] = [
    ...(redriveCount > 0
      ? [
          [
            "the run before the last redrive",
            addressOf({ left: name, leftRun: redriveCount - 1, right: name, rightRun: redriveCount }),
          ] satisfies [string, string],
        ]
      : []),
    ...(standing
      ? [
          ["the one in its place", addressOf({ left: name, right: standing.executionName })] satisfies [
            string,
            string,
          ],
        ]
      : []),
    ...(before
      ? [["the one whose place it took", addressOf({ left: before, right: name })] satisfies [string, string]]
      : []),
    ["another one", addressOf({ left: name })],
  ];
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted">
      Compare with
      {links.map(([words, address]) => (
        <Link key={address} to={address} className="break-all text-accent underline">
          {words}
        </Link>
      ))}
    </p>
  );
}
