/** The runbook: its beginning, or one of its sections. */
import { Link, useParams } from "react-router";
import type { RunbookSection } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { Markdown } from "../components/Markdown.tsx";
import { Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { useLive } from "../use-live.ts";

export function RunbookPage() {
  const { section } = useParams();
  return <Section key={section} slug={section} />;
}

function Section({ slug }: { slug: string | undefined }) {
  const live = useLive<RunbookSection>(slug ? `runbook/${encodeURIComponent(slug)}` : "runbook");
  const { data } = live;
  return (
    <Page title="Runbook">
      {slug ? (
        <p className="-mt-3 text-muted">
          <Link to="/runbook" className="text-accent underline">
            All sections
          </Link>
        </p>
      ) : null}
      <Away live={live} />
      {live.isLoading ? <Loading rows={3} /> : null}
      {data ? (
        <section aria-labelledby="section" className="grid min-w-0 gap-3">
          <h2 id="section" className="text-base">
            {slug ? data.title : "How it is used"}
          </h2>
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 break-words">
            <Markdown nodes={data.nodes} />
          </div>
        </section>
      ) : null}
      {data?.sections ? <Sections sections={data.sections} /> : null}
    </Page>
  );
}

function Sections({ sections }: { sections: NonNullable<RunbookSection["sections"]> }) {
  return (
    <nav aria-label="Sections" className="grid gap-2">
      <h2 className="text-base">Sections</h2>
      <ul className="grid gap-1 sm:grid-cols-2 lg:grid-cols-3">
        {sections.map(({ slug, title }) => (
          <li key={slug}>
            <Link to={`/runbook/${slug}`} className="inline-block py-1 text-accent underline">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
