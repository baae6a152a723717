/** Any address that the console does not have. */
import { Link } from "react-router";
import { Page } from "../components/Page.tsx";

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <p>
        <Link to="/" className="text-accent underline">
          All executions
        </Link>
      </p>
    </Page>
  );
}
