/** The price of a course and the one thing that this student can do about it now. */
import type { ReactNode } from "react";
import { useFetcher, useNavigate, useNavigation } from "react-router";
import type { PublicCourse } from "#workflow/contract.ts";
import type { Enrollment, FreeCourse, PaidCourse } from "#workflow/model.ts";
import { formatDate } from "../dates.ts";
import { priceOf } from "../money.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
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
  if (enrollment) return <Enrolled course={course} enrollment={enrollment} accessUrl={accessUrl} />;
  // Whoever has paid is never asked to pay again.
  if (unfinished && unfinished.stage !== "open") {
    return <FollowPayment stage={unfinished.stage} checkoutSessionId={unfinished.checkoutSessionId} />;
  }
  // A form that is open may be finished.
  const isBegun = Boolean(unfinished) && course.pricingModel === "paid";
  if (course.status === "retired" && !isBegun) {
    return <Panel title="No longer offered" note="Whoever is enrolled in this course keeps it." />;
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
  accessUrl = "#curriculum",
}: {
  course: PublicCourse;
  enrollment: Enrollment;
  accessUrl: string | undefined;
}) {
  return (
    <Panel title={<EnrolledBadge />} note={`Enrolled on ${formatDate(enrollment.enrolledAt)}.`}>
      <Progress percent={enrollment.progress} label={`Progress in ${course.name}`} />
      <a href={accessUrl} className={buttonClasses("primary")}>
        Go to course
      </a>
    </Panel>
  );
}

function EnrollForFree({ course }: { course: FreeCourse }) {
  const session = useSession();
  const fetcher = useFetcher<{ problem?: string }>();
  const problem = fetcher.state === "idle" ? fetcher.data?.problem : undefined;
  return (
    <Panel
      title="Free"
      note={session ? "No card needed. You can start right away." : "You will sign in first."}
    >
      {session === null ? (
        <SignInButton className="w-full">Enroll for free</SignInButton>
      ) : (
        <fetcher.Form method="post" action={`/courses/${course.courseId}`}>
          <Button type="submit" className="w-full" isBusy={fetcher.state !== "idle"}>
            Enroll for free
          </Button>
        </fetcher.Form>
      )}
      {problem ? (
        <p role="alert" className="text-sm text-warn">
          {problem}
        </p>
      ) : null}
    </Panel>
  );
}

/** @param isBegun a checkout of the course is open, here or on another device */
function Buy({ course, isBegun }: { course: PaidCourse; isBegun: boolean }) {
  const session = useSession();
  const navigate = useNavigate();
  const path = checkoutPath(course.courseId);
  const isLeaving = useNavigation().location?.pathname === path;
  const label = isBegun ? "Continue checkout" : `Buy for ${priceOf(course)}`;
  return (
    <Panel
      title={priceOf(course)}
      note={
        session ? "Pay once; the course stays yours. Secure checkout by Stripe." : "You will sign in first."
      }
    >
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

const UNDER_WAY: Record<Exclude<UnfinishedStage, "open">, { title: string; note: string }> = {
  processing: {
    title: "Payment under way",
    note: "Your bank is still working on it. There is nothing more to do.",
  },
  paid: {
    title: "Payment received",
    note: "You have paid for this course. There is nothing more to pay.",
  },
  needs_attention: {
    title: "We are looking into it",
    note: "Your payment is safe. Please do not pay again.",
  },
};

function FollowPayment({
  stage,
  checkoutSessionId,
}: {
  stage: keyof typeof UNDER_WAY;
  checkoutSessionId: string;
}) {
  return (
    <Panel {...UNDER_WAY[stage]}>
      <ButtonLink to={purchasePath(checkoutSessionId)}>Follow your payment</ButtonLink>
    </Panel>
  );
}
