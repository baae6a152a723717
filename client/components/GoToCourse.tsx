/** The way to a course that is the student's: where it is taken, or else its page here. */
import { useWords } from "../language.ts";
import { isWebAddress } from "../seller.ts";
import { ButtonLink, buttonClasses, type Variant } from "./Button.tsx";

interface Props {
  courseId: string;
  /** Where the course is taken, if it is taken elsewhere. */
  accessUrl: string | undefined;
  /** Tells one such link of a page from another. */
  courseName?: string;
  variant?: Variant;
  className?: string;
}

/** In this tab, so that Back leads back; the other site learns nothing of this one's address. */
export function GoToCourse({ courseId, accessUrl, courseName, variant = "primary", className = "" }: Props) {
  const { frame } = useWords();
  const label = courseName && frame.goToNamedCourse({ course: courseName });
  return accessUrl && isWebAddress(accessUrl) ? (
    <a href={accessUrl} rel="noreferrer" aria-label={label} className={buttonClasses(variant, className)}>
      {frame.goToCourse}
    </a>
  ) : (
    <ButtonLink
      variant={variant}
      to={`/courses/${encodeURIComponent(courseId)}`}
      aria-label={label}
      className={className}
    >
      {frame.goToCourse}
    </ButtonLink>
  );
}
