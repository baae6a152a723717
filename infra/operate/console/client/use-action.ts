/** One thing that a button does: busy while it is done, and a sentence when it fails. */
import { useState } from "react";

export function useAction(afterwards: () => void) {
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState<string>();

  /** @param name which of several buttons it is */
  async function act(name: string, work: () => Promise<unknown>): Promise<void> {
    setBusy(name);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "Something went wrong.");
    } finally {
      setBusy(undefined);
      afterwards();
    }
  }

  return { busy, failure, act: (name: string, work: () => Promise<unknown>) => void act(name, work) };
}
