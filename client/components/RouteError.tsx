/** What a page shows in its own place when it cannot be shown: one clear sentence and one thing to do. */
import type { ReactNode } from "react";
import { useRevalidator, useRouteError } from "react-router";
import { ApiError, toApiError } from "../api-error.ts";
import { useWords } from "../language.ts";
import { describeProblem } from "../problem-words.ts";
import { Button, ButtonLink } from "./Button.tsx";
import { Heading } from "./Heading.tsx";
import { SignInButton } from "./SignInButton.tsx";
import { SupportLink } from "./Support.tsx";

export function RouteError() {
  return <Problem error={useRouteError()} />;
}

export function Problem({ error }: { error: unknown }) {
  // The router's own answer for an address without a route has a status too.
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 404) return <NotFound />;
  if (status === 401) return <SignedOut problem={toApiError(error)} />;
  return <Failed error={error} />;
}

export function NotFound() {
  const { problems, frame } = useWords();
  return (
    <Apology heading={problems.pageNotFound} action={<ButtonLink to="/">{frame.allCourses}</ButtonLink>}>
      {problems.pageNotFoundNote}
      <span className="mt-2 block text-sm empty:hidden">
        <SupportLink />
      </span>
    </Apology>
  );
}

function SignedOut({ problem }: { problem: ApiError }) {
  const words = useWords();
  return (
    <Apology
      heading={words.problems.pleaseSignIn}
      action={<SignInButton>{words.frame.signInToContinue}</SignInButton>}
    >
      {describeProblem(problem, words)}
    </Apology>
  );
}

function Failed({ error }: { error: unknown }) {
  const words = useWords();
  const { revalidate, state } = useRevalidator();
  const known = error instanceof ApiError ? error : undefined;
  // What is not an answer of the API is a part of the client that did not load; only loading anew helps.
  const retry = () => (known ? void revalidate() : location.reload());
  return (
    <Apology
      heading={words.problems.didNotWork}
      action={
        <Button isBusy={state === "loading"} onClick={retry}>
          {words.frame.retry}
        </Button>
      }
    >
      {describeProblem(toApiError(error), words)}
      {known?.requestId ? (
        <span className="mt-2 block text-sm">
          {words.problems.supportCode} <code className="select-all">{known.requestId}</code>
        </span>
      ) : null}
      <span className="mt-2 block text-sm empty:hidden">
        <SupportLink about={known?.requestId} />
      </span>
    </Apology>
  );
}

function Apology({ heading, action, children }: { heading: string; action: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-lg py-12 text-center sm:py-20">
      <Heading>{heading}</Heading>
      <p role="alert" className="mt-4 mb-8 text-lg text-pretty text-muted">
        {children}
      </p>
      <div className="flex justify-center">{action}</div>
    </div>
  );
}
