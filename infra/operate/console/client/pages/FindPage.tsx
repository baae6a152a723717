/** Everything that is known by an id that somebody has in their hand, and what to do about it. */
import { Link, useSearchParams } from "react-router";
import type { Dossier, Found } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { Empty, Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { PurchaseCard } from "../components/PurchaseCard.tsx";
import { useLive } from "../use-live.ts";

const REFRESH_MS = 5_000;

export function FindPage() {
  const id = useSearchParams()[0].get("id")?.trim() ?? "";
  if (!id)
    return (
      <Page title="Find">
        <Empty title="Find by any id">Write it into the box at the top of the page.</Empty>
      </Page>
    );
  return <FoundById key={id} id={id} />;
}

function FoundById({ id }: { id: string }) {
  const live = useLive<Found>(`find?id=${encodeURIComponent(id)}`, REFRESH_MS);
  const { data, error, refresh } = live;
  return (
    <Page title={<span className="font-mono">{id}</span>}>
      <Away live={live} />
      {!data && !error ? <Loading rows={4} /> : null}
      {data && !data.dossier ? (
        <Empty title={`Nothing is known as ${id} here`}>
          No student, course, purchase, event or execution.
        </Empty>
      ) : null}
      {data?.dossier ? <FoundDossier dossier={data.dossier} onDone={refresh} /> : null}
    </Page>
  );
}

function FoundDossier({ dossier, onDone }: { dossier: Dossier; onDone: () => void }) {
  const { query, student, course, executionName, purchases, gaps } = dossier;
  // Sorting is stable: what needs a person first, and within that the newest.
  const sorted = purchases.toSorted((a, b) => Number(b.next.needsPerson) - Number(a.next.needsPerson));
  return (
    <>
      <p className="-mt-2 break-words text-muted">
        Found as {query.kind}
        {student ? `: ${student.name}, ${student.email}, ${student.userId}` : ""}
        {course ? `: ${course.name}, ${course.courseId}` : ""}
        {executionName ? (
          <>
            :{" "}
            <Link to={`/executions/${encodeURIComponent(executionName)}`} className="text-accent underline">
              its history
            </Link>
          </>
        ) : null}
      </p>
      {gaps.map((gap) => (
        <Notice key={gap} tone="warn">
          {gap}
        </Notice>
      ))}
      {purchases.length === 0 ? <Empty title="No purchases">There is nothing to decide about.</Empty> : null}
      {sorted.map((purchase, index) => (
        <PurchaseCard
          key={purchase.checkoutSessionId}
          purchase={purchase}
          isFirst={index === 0}
          onDone={onDone}
        />
      ))}
    </>
  );
}
