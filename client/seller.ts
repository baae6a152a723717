/** Who sells, as the deployment says it: name, logo, colour, and whom to write to. */
import { useSyncExternalStore } from "react";
import type { Seller } from "#workflow/client-config.ts";
import { loadConfig } from "./config.ts";
import { useWords } from "./language.ts";

/** How long the first picture waits to be in the seller's name. */
const PATIENCE_MS = 2_000;

/** Undefined as long as nothing is known. */
let shown: Seller | undefined;
let watchers: (() => void)[] = [];

const knownSeller = () => shown;

export function useSeller(): Seller {
  const { frame } = useWords();
  return useSyncExternalStore(watch, knownSeller) ?? { name: frame.site };
}

/** Resolves when the seller is shown, or cannot be for now. */
export async function startSeller(): Promise<void> {
  const told = loadConfig().then(
    ({ seller }) => showSeller(seller),
    () => {},
  );
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

export function showSeller(seller?: Seller): void {
  shown = seller;
  const { style } = document.documentElement;
  for (const mode of ["light", "dark"] as const) {
    for (const name of ["accent", "strong", "soft", "onAccent"] as const) {
      const colour = seller?.accent?.[mode][name];
      const property = `--seller-${mode}-${name.toLowerCase()}`;
      if (colour) style.setProperty(property, colour);
      else style.removeProperty(property);
    }
  }
  for (const watcher of watchers) watcher();
}

/**
 * Where to write to the seller; undefined when nobody has said where.
 * @param about what the seller has to know, e.g. an order number
 */
export function supportAddress({ support }: Seller, about?: string): string | undefined {
  if (!support || isWebAddress(support)) return support;
  return `mailto:${support}${about ? `?subject=${encodeURIComponent(about)}` : ""}`;
}

/** Nothing else is opened: what is configured elsewhere must not run here. */
export const isWebAddress = (address: string): boolean => address.startsWith("https://");

function watch(onChange: () => void): () => void {
  watchers = [...watchers, onChange];
  return () => {
    watchers = watchers.filter((watcher) => watcher !== onChange);
  };
}
