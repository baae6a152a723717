/** A section of the runbook, as it is written. */
import { useParams } from "react-router";
import type { RunbookSection } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { useLive } from "../use-live.ts";

export function RunbookPage() {
  const { section = "" } = useParams();
  return <Section key={section} slug={section} />;
}

function Section({ slug }: { slug: string }) {
  const live = useLive<RunbookSection>(`runbook/${encodeURIComponent(slug)}`);
  return (
    <Page title="Runbook">
      <Away live={live} />
      {live.isLoading ? <Loading rows={3} /> : null}
      {live.data ? (
        <section aria-labelledby="section" className="max-w-prose">
          <h2 id="section" className="mb-2 text-base">
            {live.data.title}
          </h2>
          <p className="break-words whitespace-pre-wrap">{live.data.text}</p>
        </section>
      ) : null}
    </Page>
  );
}
