/** The price of a course and the one thing that this student can do about it now. */
import type { ReactNode } from "react";
import { useFetcher, useNavigate, useNavigation } from "react-router";
import type { PublicCourse } from "#workflow/contract.ts";
import type { Enrollment, FreeCourse, PaidCourse } from "#workflow/model.ts";
import type { ApiError } from "../api-error.ts";
import { formatDate } from "../dates.ts";
import { useLanguage, useWords } from "../language.ts";
import { priceOf } from "../money.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import { describeProblem } from "../problem-words.ts";
import { isWebAddress } from "../seller.ts";
import { useSession } from "../session.ts";
import type { UnfinishedPurchase, UnfinishedStage } from "../unfinished-purchases.ts";
import { EnrolledBadge } from "./Badge.tsx";
import { Button, ButtonLink, buttonClasses } from "./Button.tsx";
import { Progress } from "./Progress.tsx";
import { SignInButton } from "./SignInButton.tsx";

interface Props {
  course: PublicCourse;
  enrollment?: Enrollment | undefined;
  /** Where the course is taken; known once enrolled. */
  accessUrl?: string | undefined;
  unfinished?: UnfinishedPurchase | undefined;
}

export function EnrollPanel({ course, enrollment, accessUrl, unfinished }: Props) {
  const words = useWords();
  if (enrollment) return <Enrolled course={course} enrollment={enrollment} accessUrl={accessUrl} />;
  // Whoever has paid is never asked to pay again.
  if (unfinished && unfinished.stage !== "open") {
    return <FollowPayment stage={unfinished.stage} checkoutSessionId={unfinished.checkoutSessionId} />;
  }
  // A form that is open may be finished.
  const isBegun = Boolean(unfinished) && course.pricingModel === "paid";
  if (course.status === "retired" && !isBegun) {
    return <Panel title={words.course.notOffered} note={words.course.notOfferedNote} />;
  }
  return course.pricingModel === "free" ? (
    <EnrollForFree course={course} />
  ) : (
    <Buy course={course} isBegun={isBegun} />
  );
}

function Panel({ title, note, children }: { title: ReactNode; note: string; children?: ReactNode }) {
  return (
    <div className="grid gap-4 p-6">
      <div className="text-2xl font-semibold tracking-tight tabular-nums">{title}</div>
      {children}
      <p className="text-sm text-pretty text-muted">{note}</p>
    </div>
  );
}

function Enrolled({
  course,
  enrollment,
  accessUrl,
}: {
  course: PublicCourse;
  enrollment: Enrollment;
  accessUrl: string | undefined;
}) {
  const { words, locale } = useLanguage();
  const date = formatDate(enrollment.enrolledAt, locale);
  return (
    <Panel title={<EnrolledBadge />} note={words.course.enrolledOn({ date })}>
      <Progress percent={enrollment.progress} course={course.name} />
      <a
        href={accessUrl && isWebAddress(accessUrl) ? accessUrl : "#curriculum"}
        rel="noreferrer"
        className={buttonClasses("primary")}
      >
        {words.frame.goToCourse}
      </a>
    </Panel>
  );
}

function EnrollForFree({ course }: { course: FreeCourse }) {
  const words = useWords();
  const session = useSession();
  const fetcher = useFetcher<{ problem?: ApiError }>();
  const problem = fetcher.state === "idle" ? fetcher.data?.problem : undefined;
  return (
    <Panel title={words.frame.free} note={session ? words.course.freeNote : words.course.signInFirst}>
      {session === null ? (
        <SignInButton className="w-full">{words.course.enrollForFree}</SignInButton>
      ) : (
        <fetcher.Form method="post" action={`/courses/${course.courseId}`}>
          <Button type="submit" className="w-full" isBusy={fetcher.state !== "idle"}>
            {words.course.enrollForFree}
          </Button>
        </fetcher.Form>
      )}
      {problem ? (
        <p role="alert" className="text-sm text-warn">
          {describeProblem(problem, words)}
        </p>
      ) : null}
    </Panel>
  );
}

/** @param isBegun a checkout of the course is open, here or on another device */
function Buy({ course, isBegun }: { course: PaidCourse; isBegun: boolean }) {
  const language = useLanguage();
  const { course: words } = language.words;
  const session = useSession();
  const navigate = useNavigate();
  const path = checkoutPath(course.courseId);
  const isLeaving = useNavigation().location?.pathname === path;
  const price = priceOf(course, language);
  const label = isBegun ? words.continueCheckout : words.buyFor({ price });
  return (
    <Panel title={price} note={session ? words.buyNote : words.signInFirst}>
      {session === null ? (
        <SignInButton className="w-full" returnPath={path}>
          {label}
        </SignInButton>
      ) : (
        <Button isBusy={isLeaving} onClick={() => void navigate(path)}>
          {label}
        </Button>
      )}
    </Panel>
  );
}

function FollowPayment({
  stage,
  checkoutSessionId,
}: {
  stage: Exclude<UnfinishedStage, "open">;
  checkoutSessionId: string;
}) {
  const { course } = useWords();
  return (
    <Panel {...course.underWay[stage]}>
      <ButtonLink to={purchasePath(checkoutSessionId)}>{course.followPayment}</ButtonLink>
    </Panel>
  );
}
