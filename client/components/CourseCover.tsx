/** A course's cover: its picture, or what is drawn from its id. Decoration only; screen readers pass it by. */
import { useState } from "react";
import { COLUMNS, drawCover, ROWS } from "../cover-art.ts";

interface Props {
  course: { courseId: string; imageUrl?: string | undefined };
  className?: string;
}

/** Twice as wide as high, before the picture is there and without one. */
const SHAPE = "block aspect-[2/1] w-full";

/** A picture of another site would tell it who looks at what, and the policy lets none in. */
const isOwn = (address: string | undefined): address is string =>
  address !== undefined && /^\/(?![/\\])/.test(address);

export function CourseCover({ course: { courseId, imageUrl }, className = "" }: Props) {
  const [isBroken, setBroken] = useState(false);
  if (!isOwn(imageUrl) || isBroken) return <DrawnCover courseId={courseId} className={className} />;
  return (
    <img
      src={imageUrl}
      alt=""
      width={640}
      height={320}
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
      className={`${SHAPE} bg-sunken object-cover ${className}`}
    />
  );
}

function DrawnCover({ courseId, className }: { courseId: string; className: string }) {
  const { ground, shapes } = drawCover(courseId);
  return (
    <svg
      viewBox={`0 0 ${COLUMNS} ${ROWS}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={`${SHAPE} ${className}`}
    >
      <rect width={COLUMNS} height={ROWS} fill={ground} />
      {shapes.map(({ colour, path }) => (
        <path key={colour} d={path} fill={colour} stroke={colour} strokeWidth="0.01" />
      ))}
    </svg>
  );
}
