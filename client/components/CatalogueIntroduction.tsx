/** The catalogue's heading and first sentence, which are there before its courses are. */
import { useWords } from "../language.ts";
import { Heading } from "./Heading.tsx";

export function CatalogueIntroduction() {
  const { catalogue } = useWords();
  return (
    <>
      <Heading>{catalogue.heading}</Heading>
      <p className="mt-3 max-w-2xl text-lg text-balance text-muted">{catalogue.introduction}</p>
    </>
  );
}
