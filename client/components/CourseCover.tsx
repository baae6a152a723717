/** A course's cover, drawn from its id. */
import { COLUMNS, drawCover, ROWS } from "../cover-art.ts";

/** Decoration only; screen readers pass it by. */
export function CourseCover({ courseId, className = "" }: { courseId: string; className?: string }) {
  const { ground, ink, light, tiles } = drawCover(courseId);
  return (
    <svg
      viewBox={`0 0 ${COLUMNS} ${ROWS}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={`block w-full ${className}`}
    >
      <rect width={COLUMNS} height={ROWS} fill={ground} />
      {tiles.map(({ x, y, turn, isLight, isDot }) => (
        <g
          key={`${x}/${y}`}
          transform={`translate(${x} ${y}) rotate(${turn} 0.5 0.5)`}
          fill={isLight ? light : ink}
          stroke={isLight ? light : ink}
          strokeWidth="0.01"
        >
          {isDot ? <circle cx="0.5" cy="0.5" r="0.22" /> : <path d="M0 0H1A1 1 0 0 1 0 1Z" />}
        </g>
      ))}
    </svg>
  );
}
