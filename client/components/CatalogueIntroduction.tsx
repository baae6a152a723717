/** The catalogue's heading and first sentence, which are there before its courses are. */
import { Heading } from "./Heading.tsx";

export function CatalogueIntroduction() {
  return (
    <>
      <Heading>Courses</Heading>
      <p className="mt-3 max-w-2xl text-lg text-balance text-muted">
        Free courses start at once. Paid ones are yours for good as soon as your payment is verified.
      </p>
    </>
  );
}
