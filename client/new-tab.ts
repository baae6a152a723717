/**
 * A tab that is opened beside a signed-in one is signed in as well. That there is one is told by a lock, of which the browser lets
 * go with its tab: whoever comes first waits for nobody.
 */
import { askWhoIsSignedIn, leaveWithOthers } from "./between-tabs.ts";
import { isSignedOut, knownSession, watchSession } from "./session.ts";

const PREFIX = "bursar.signed-in.";

/** Browsers have locks on https and localhost only. */
const locks = () => navigator.locks as LockManager | undefined;

let asking: Promise<void> | undefined;

/** Takes over the sign-in of another tab, if this one has none and there is one. */
export async function joinOtherTabs(): Promise<void> {
  startTelling();
  if (knownSession()) return;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  await asking;
}

async function ask(): Promise<void> {
  const { held = [] } = (await locks()?.query()) ?? {};
  const students = new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : [])));
  // Of two, nobody can say whose tab this is.
  if (students.size === 1) await askWhoIsSignedIn();
}

let isTelling = false;

/** As long as this tab is signed in, others can see it. */
function startTelling(): void {
  if (isTelling) return;
  isTelling = true;
  watchSession(tell);
  tell();
  // What was set aside and is shown again has heard nothing meanwhile.
  window.addEventListener("pageshow", ({ persisted }) => {
    const session = knownSession();
    if (persisted && session && isSignedOut(session.userId)) leaveWithOthers();
  });
}

let told: string | undefined;
let letGo = () => {};

function tell(): void {
  const userId = knownSession()?.userId;
  if (userId === told) return;
  told = userId;
  letGo();
  if (!userId) return;
  const isOver = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  void locks()?.request(PREFIX + userId, { mode: "shared" }, () => isOver);
}
