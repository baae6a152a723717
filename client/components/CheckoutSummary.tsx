/** What is being bought, beside the payment form, and in test mode how to pay without money. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { PaidCourse } from "#workflow/model.ts";
import { useLanguage, useWords } from "../language.ts";
import { priceOf } from "../money.ts";
import { CourseCover } from "./CourseCover.tsx";
import { LegalLinks } from "./Support.tsx";

interface Props {
  course: PaidCourse;
  /** True when Stripe moves no money. */
  isTestMode: boolean;
}

export function CheckoutSummary({ course, isTestMode }: Props) {
  const language = useLanguage();
  const { checkout } = language.words;
  return (
    <div className="grid grid-cols-1 gap-4">
      <section
        aria-label={checkout.order}
        className="overflow-hidden rounded-card border border-line bg-surface shadow-card"
      >
        <CourseCover course={course} className="max-lg:hidden" />
        <div className="p-6">
          <h2 className="text-lg leading-snug">
            <Link to={`/courses/${course.courseId}`} className="hover:underline">
              {course.name}
            </Link>
          </h2>
          <p className="mt-1 text-sm text-muted">{course.instructor}</p>
          <dl className="mt-5 flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line pt-4">
            <dt>{checkout.total}</dt>
            <dd className="text-xl font-semibold tabular-nums">{priceOf(course, language)}</dd>
          </dl>
          <p className="mt-2 text-sm text-muted">{checkout.onePayment}</p>
          <LegalLinks className="mt-2 text-sm text-muted" />
        </div>
      </section>
      {isTestMode ? <TestModeHint /> : null}
    </div>
  );
}

function TestModeHint() {
  const { checkout } = useWords();
  return (
    <section
      aria-label={checkout.testMode}
      className="rounded-card border border-warn-line bg-warn-soft px-5 py-4 text-sm text-warn"
    >
      <p>
        <strong className="font-semibold">{checkout.testMode}</strong>
      </p>
      <p>
        {checkout.noMoneyMoves} <TestNumber>4242 4242 4242 4242</TestNumber>
      </p>
      <details className="mt-2">
        <summary className="font-medium underline-offset-4 hover:underline">{checkout.otherOutcomes}</summary>
        <dl className="mt-2 grid gap-2">
          <Outcome name={checkout.declined}>4000 0000 0000 0002</Outcome>
          <Outcome name={checkout.asksForAuthentication}>4000 0000 0000 3220</Outcome>
          <Outcome name={checkout.debitPaidLater}>DE89 3704 0044 0532 0130 00</Outcome>
          <Outcome name={checkout.debitFailsLater}>DE62 3704 0044 0532 0130 01</Outcome>
        </dl>
      </details>
    </section>
  );
}

function Outcome({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <TestNumber>{children}</TestNumber>
      </dd>
    </div>
  );
}

const TestNumber = ({ children }: { children: ReactNode }) => <code className="select-all">{children}</code>;
