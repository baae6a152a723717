/** Plans that are not over: one that is under way, and one that somebody has to go on with. */
import { Link } from "react-router";
import type { FollowedPlan, PlansPage } from "#infra/operate/console/contract.ts";
import { useLive } from "../use-live.ts";
import { formatTime } from "../words.ts";
import { Notice } from "./Notice.tsx";

export function RecentPlans() {
  const { data } = useLive<PlansPage>("plans", 3_000);
  const running = data?.plans.filter(({ state }) => state === "running") ?? [];
  return running.map((plan) => (
    <Notice key={plan.planId} tone={plan.isInterrupted ? "warn" : "good"}>
      <PlanLine plan={plan} />
    </Notice>
  ));
}

function PlanLine({ plan: { planId, about, madeAt, letters, isInterrupted } }: { plan: FollowedPlan }) {
  return (
    <p>
      <Link to={`/plans/${planId}`} className="font-medium underline">
        {isInterrupted ? "A plan was interrupted" : "A plan is under way"}
      </Link>
      : {letters} letters ({about}), made {formatTime(madeAt)}.
    </p>
  );
}
