/** `/sign-in/callback`: finishes signing in and goes on to where the student was. Nothing of it stays in the address. */
import { type LoaderFunctionArgs, replace, useRouteError } from "react-router";
import { getStudent } from "../api.ts";
import { ApiError } from "../api-error.ts";
import { Heading } from "../components/Heading.tsx";
import { Problem } from "../components/RouteError.tsx";
import { SignInButton } from "../components/SignInButton.tsx";
import { useWords } from "../language.ts";
import { completeSignIn } from "../sign-in.ts";

// The issuer's answer can be used once; if the API is down afterwards, trying again must not need another.
let returnPath: string | undefined;

export async function loader({ request }: LoaderFunctionArgs) {
  returnPath ??= await completeSignIn(request.url);
  await getStudent();
  return replace(returnPath);
}

export function Component() {
  return null;
}

export function ErrorBoundary() {
  const { frame } = useWords();
  const error = useRouteError();
  if (error instanceof ApiError) return <Problem error={error} />;
  return (
    <div className="mx-auto max-w-lg py-12 text-center sm:py-20">
      <Heading>{frame.signInUnfinished}</Heading>
      <p role="alert" className="mt-4 mb-8 text-lg text-pretty text-muted">
        {frame.signInUnfinishedNote}
      </p>
      <div className="flex justify-center">
        <SignInButton returnPath="/">{frame.signInAgain}</SignInButton>
      </div>
    </div>
  );
}
