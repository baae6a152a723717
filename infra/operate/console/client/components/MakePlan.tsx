/** Makes the plan for what is chosen, or for all that is shown, and leads to it. Nothing is done yet. */
import { useNavigate } from "react-router";
import type { FollowedLetters, MadePlan } from "#infra/operate/console/contract.ts";
import { useAbout } from "../about.ts";
import { post } from "../api.ts";
import { useAction } from "../use-action.ts";
import { type Chosen, keyOf } from "../use-chosen.ts";
import type { Place } from "../use-place.ts";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

interface MakePlanProps {
  place: Place;
  groups: FollowedLetters["groups"];
  matching: number;
  chosen: Chosen;
}

export function MakePlan({ place, groups, matching, chosen }: MakePlanProps) {
  const { mayRedrive } = useAbout();
  const navigate = useNavigate();
  const { busy, failure, act } = useAction(() => {});
  if (!mayRedrive) return null;
  const inGroups = groups.filter((group) => chosen.has(keyOf(group)));
  const groupKeys = groups.map(keyOf);
  const messageIds = chosen.keys.filter((key) => !groupKeys.includes(key) && !key.startsWith("["));
  const isAll = chosen.keys.length === 0;
  const ofGroups = inGroups.reduce((sum, { letters }) => sum + letters, 0);
  const make = async () => {
    const letters = Object.fromEntries(new URLSearchParams(place.filters));
    const chosenGroups = inGroups.map(({ error, courseId }) => ({ error, courseId }));
    const { planId } = await post<MadePlan>("plans", { letters, groups: chosenGroups, messageIds });
    await navigate(`/plans/${planId}`);
  };
  return (
    <div className="grid justify-items-start gap-2">
      <Button variant="primary" isBusy={busy !== undefined} onClick={() => act("plan", make)}>
        {busy
          ? "Making the plan..."
          : `Plan the redrive of ${wordsFor(isAll, matching, ofGroups, messageIds.length)}`}
      </Button>
      {failure ? <Notice tone="bad">{failure}</Notice> : null}
    </div>
  );
}

/** A letter may be chosen with its group, too. */
function wordsFor(isAll: boolean, matching: number, ofGroups: number, single: number): string {
  if (isAll) return matching === 1 ? "this letter" : `all ${matching} letters`;
  const parts = [ofGroups > 0 && `${ofGroups} in groups`, single > 0 && `${single} single`].filter(Boolean);
  return `${parts.join(" and ")} chosen`;
}
