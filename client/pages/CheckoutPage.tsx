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
import { purchasePath } from "../paths.ts";
import { currentSession } from "../sign-in.ts";
import { reportFailure } from "../stripe.ts";
import { useTimePassed } from "../use-time-passed.ts";

export async function loader({ params: { courseId }, request }: LoaderFunctionArgs) {
  if (!courseId) throw notFound("No such course.");
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
  const { key } = useLocation();
  return (
    <>
      <Heading title={`Checkout: ${course.name}`} className="mb-8">
        Checkout
      </Heading>
      <div className="grid items-start gap-8 lg:grid-cols-[20rem_1fr] lg:gap-12">
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
  if (problem.status === 401) return <SignedOut message={problem.message} />;
  const { retryAfterSeconds } = problem;
  return retryAfterSeconds === undefined ? (
    <FormFailed message={problem.message} />
  ) : (
    <TooSoon waitSeconds={retryAfterSeconds} />
  );
}

function PaymentForm({ clientSecret, stripe }: { clientSecret: string; stripe: Stripe }) {
  const [hasFailed, setFailed] = useState(false);
  const watched = useMemo(() => reportFailure(stripe, () => setFailed(true)), [stripe]);
  const options = useMemo(() => ({ clientSecret }), [clientSecret]);
  if (hasFailed) return <FormFailed message="The payment form could not be shown." />;
  return (
    <section
      aria-label="Payment"
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
  const navigate = useNavigate();
  return (
    <FormPlace>
      <p role="alert" className="text-lg text-pretty">
        {message}
      </p>
      <p className="text-muted">You have not been charged.</p>
      <Button onClick={() => void navigate(".", { replace: true })}>Retry</Button>
    </FormPlace>
  );
}

/** Nothing is wrong: the button is there again when asking again helps. */
function TooSoon({ waitSeconds }: { waitSeconds: number }) {
  const navigate = useNavigate();
  const isOver = useTimePassed(waitSeconds * 1000);
  return (
    <FormPlace>
      <h2 className="text-xl">One moment, please</h2>
      <output className="text-pretty text-muted">
        This checkout was asked for very often. You have not been charged, and can go on{" "}
        {waitSeconds > 60 ? "in a few minutes" : "within a minute"}.
      </output>
      <Button isBusy={!isOver} onClick={() => void navigate(".", { replace: true })}>
        Go on
      </Button>
    </FormPlace>
  );
}

function SignedOut({ message }: { message: string }) {
  return (
    <FormPlace>
      <h2 className="text-xl">Please sign in</h2>
      <p role="alert" className="text-pretty text-muted">
        {message} You have not been charged.
      </p>
      <SignInButton>Sign in to continue</SignInButton>
    </FormPlace>
  );
}

function AlreadyEnrolled({ course }: { course: PaidCourse }) {
  return (
    <FormPlace>
      <h2 className="text-xl">You already have this course</h2>
      <p className="text-muted">There is nothing to pay.</p>
      <ButtonLink to={`/courses/${course.courseId}`}>Go to course</ButtonLink>
    </FormPlace>
  );
}

function NotForSale() {
  return (
    <FormPlace>
      <h2 className="text-xl">This course is not on offer at the moment</h2>
      <p role="alert" className="text-pretty text-muted">
        You have not been charged. Choose another course, or look again later.
      </p>
      <ButtonLink to="/">See all courses</ButtonLink>
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
