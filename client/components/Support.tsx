/** Whom to write to, where the deployment names somebody; otherwise nothing is said. */
import { useWords } from "../language.ts";
import { supportAddress, useSeller } from "../seller.ts";

interface Props {
  /** What the seller has to know, e.g. an order number. */
  about?: string | undefined;
}

export function SupportLink({ about }: Props) {
  const { frame } = useWords();
  const seller = useSeller();
  const address = supportAddress(seller, about);
  if (!address) return null;
  return (
    <a href={address} rel="noreferrer" className="underline underline-offset-4 hover:no-underline">
      {frame.writeTo({ seller: seller.name })}
    </a>
  );
}

/** The seller's terms and privacy notice. */
export function LegalLinks({ className = "" }: { className?: string }) {
  const { frame } = useWords();
  const { termsUrl, privacyUrl } = useSeller();
  const links = [
    { address: termsUrl, words: frame.terms },
    { address: privacyUrl, words: frame.privacy },
  ].filter(({ address }) => address);
  if (links.length === 0) return null;
  return (
    <ul className={`flex flex-wrap gap-x-5 gap-y-2 ${className}`}>
      {links.map(({ address, words }) => (
        <li key={words}>
          {/* In a tab of its own: whoever is paying must not lose the form. */}
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            className="underline underline-offset-4 hover:no-underline"
          >
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}
