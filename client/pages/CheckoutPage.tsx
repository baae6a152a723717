/** `/checkout/:courseId`: what is being bought, beside Stripe's payment form. */
import { EmbeddedCheckout, EmbeddedCheckoutProvider } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { type ReactNode, Suspense, use, useMemo, useState } from "react";
import {
  type LoaderFunctionArgs,
  Navigate,
  redirect,
  useLoaderData,
  useLocation,
  useNavigate,
} from "react-router";
import type { PaidCourse } from "#workflow/model.ts";
import { getCourse } from "../api.ts";
import { type ApiError, notFound, signInRequired } from "../api-error.ts";
import { type Checkout, openCheckout } from "../checkout.ts";
import { Button, ButtonLink } from "../components/Button.tsx";
import { CheckoutSummary } from "../components/CheckoutSummary.tsx";
import { Heading } from "../components/Heading.tsx";
import { SignInButton } from "../components/SignInButton.tsx";
import { FormSkeleton } from "../components/Skeletons.tsx";
import { loadConfig } from "../config.ts";
import { useWords } from "../language.ts";
import { purchasePath } from "../paths.ts";
import { describeProblem } from "../problem-words.ts";
import { currentSession } from "../sign-in.ts";
import { reportFailure } from "../stripe.ts";
import { useTimePassed } from "../use-time-passed.ts";

export async function loader({ params: { courseId }, request }: LoaderFunctionArgs) {
  if (!courseId) throw notFound();
  if (!(await currentSession())) throw signInRequired();
  const [course, config] = await Promise.all([getCourse(courseId), loadConfig()]);
  if (course.pricingModel === "free") return redirect(`/courses/${courseId}`);
  // Whoever has left before the page was there wants no checkout.
  request.signal.throwIfAborted();
  const isTestMode = config.stripePublishableKey.startsWith("pk_test_");
  // Not awaited: the summary is shown while the form is being prepared.
  return { course, isTestMode, checkout: openCheckout(course) };
}

export function Component() {
  const { course, isTestMode, checkout } =
    useLoaderData<Exclude<Awaited<ReturnType<typeof loader>>, Response>>();
  const { checkout: words } = useWords();
  const { key } = useLocation();
  return (
    <>
      <Heading title={words.title({ course: course.name })} className="mb-8">
        {words.heading}
      </Heading>
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[20rem_minmax(0,1fr)] lg:gap-12">
        <CheckoutSummary course={course} isTestMode={isTestMode} />
        <Suspense key={key} fallback={<FormSkeleton />}>
          <CheckoutOutcome course={course} checkout={checkout} />
        </Suspense>
      </div>
    </>
  );
}

function CheckoutOutcome({ course, checkout }: { course: PaidCourse; checkout: Promise<Checkout> }) {
  const result = use(checkout);
  switch (result.outcome) {
    case "payable":
      return (
        <PaymentForm key={result.clientSecret} clientSecret={result.clientSecret} stripe={result.stripe} />
      );
    case "already-enrolled":
      return <AlreadyEnrolled course={course} />;
    case "payment-in-progress":
      return <Navigate to={purchasePath(result.checkoutSessionId)} replace />;
    case "not-for-sale":
      return <NotForSale />;
    case "failed":
      return <NoForm problem={result.problem} />;
  }
}

function NoForm({ problem }: { problem: ApiError }) {
  const words = useWords();
  if (problem.status === 401) return <SignedOut problem={problem} />;
  const { retryAfterSeconds } = problem;
  return retryAfterSeconds === undefined ? (
    <FormFailed message={describeProblem(problem, words)} />
  ) : (
    <TooSoon waitSeconds={retryAfterSeconds} />
  );
}

function PaymentForm({ clientSecret, stripe }: { clientSecret: string; stripe: Stripe }) {
  const { checkout } = useWords();
  const [hasFailed, setFailed] = useState(false);
  const watched = useMemo(() => reportFailure(stripe, () => setFailed(true)), [stripe]);
  const options = useMemo(() => ({ clientSecret }), [clientSecret]);
  if (hasFailed) return <FormFailed message={checkout.formNotShown} />;
  return (
    <section
      aria-label={checkout.payment}
      data-testid="checkout"
      className="min-h-160 overflow-hidden rounded-card border border-line bg-white shadow-card scheme-light"
    >
      <EmbeddedCheckoutProvider stripe={watched} options={options}>
        <EmbeddedCheckout />
      </EmbeddedCheckoutProvider>
    </section>
  );
}

function FormFailed({ message }: { message: string }) {
  const { checkout, frame } = useWords();
  const navigate = useNavigate();
  return (
    <FormPlace>
      <p role="alert" className="text-lg text-pretty">
        {message}
      </p>
      <p className="text-muted">{checkout.notCharged}</p>
      <Button onClick={() => void navigate(".", { replace: true })}>{frame.retry}</Button>
    </FormPlace>
  );
}

/** Nothing is wrong: the button is there again when asking again helps. */
function TooSoon({ waitSeconds }: { waitSeconds: number }) {
  const { checkout } = useWords();
  const navigate = useNavigate();
  const isOver = useTimePassed(waitSeconds * 1000);
  return (
    <FormPlace>
      <h2 className="text-xl">{checkout.tooSoon}</h2>
      <output className="text-pretty text-muted">
        {waitSeconds > 60 ? checkout.goOnInAFewMinutes : checkout.goOnWithinAMinute}
      </output>
      <Button isBusy={!isOver} onClick={() => void navigate(".", { replace: true })}>
        {checkout.goOn}
      </Button>
    </FormPlace>
  );
}

function SignedOut({ problem }: { problem: ApiError }) {
  const words = useWords();
  return (
    <FormPlace>
      <h2 className="text-xl">{words.checkout.pleaseSignIn}</h2>
      <p role="alert" className="text-pretty text-muted">
        {describeProblem(problem, words)} {words.checkout.notCharged}
      </p>
      <SignInButton>{words.frame.signInToContinue}</SignInButton>
    </FormPlace>
  );
}

function AlreadyEnrolled({ course }: { course: PaidCourse }) {
  const { checkout, frame } = useWords();
  return (
    <FormPlace>
      <h2 className="text-xl">{checkout.alreadyYours}</h2>
      <p className="text-muted">{checkout.nothingToPay}</p>
      <ButtonLink to={`/courses/${course.courseId}`}>{frame.goToCourse}</ButtonLink>
    </FormPlace>
  );
}

function NotForSale() {
  const { checkout, frame } = useWords();
  return (
    <FormPlace>
      <h2 className="text-xl">{checkout.notForSale}</h2>
      <p role="alert" className="text-pretty text-muted">
        {checkout.notForSaleNote}
      </p>
      <ButtonLink to="/">{frame.allCourses}</ButtonLink>
    </FormPlace>
  );
}

function FormPlace({ children }: { children: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-4 rounded-card border border-line bg-surface px-6 py-20 text-center">
      {children}
    </div>
  );
}
