/** The outlines of the pages, in their final sizes, shown while the first one loads. */
import type { ReactNode } from "react";
import { useWords } from "../language.ts";
import { CatalogueIntroduction } from "./CatalogueIntroduction.tsx";
import { Heading } from "./Heading.tsx";

const Bone = ({ className }: { className: string }) => (
  <div className={`rounded-lg bg-sunken motion-safe:animate-pulse ${className}`} />
);

function Loading({ className = "", children }: { className?: string; children: ReactNode }) {
  const { frame } = useWords();
  return (
    <div aria-busy="true" className={className}>
      <output className="sr-only">{frame.loading}</output>
      {children}
    </div>
  );
}

function CardBones() {
  return (
    <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {["a", "b", "c", "d", "e", "f"].map((card) => (
        <div key={card} className="overflow-hidden rounded-card border border-line bg-surface">
          <Bone className="aspect-[2/1] rounded-none" />
          <div className="h-48 p-5">
            <Bone className="h-6 w-3/4" />
            <Bone className="mt-2 h-4 w-1/3" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function CatalogueSkeleton() {
  return (
    <Loading>
      <CatalogueIntroduction />
      <Bone className="mt-8 mb-20 h-28 sm:h-12" />
      <CardBones />
    </Loading>
  );
}

export function MyCoursesSkeleton() {
  const { frame } = useWords();
  return (
    <Loading>
      <Heading className="mb-8">{frame.myCourses}</Heading>
      <CardBones />
    </Loading>
  );
}

export function CourseSkeleton() {
  const { course } = useWords();
  return (
    <Loading className="grid items-start gap-8 lg:grid-cols-[1fr_22rem] lg:gap-12">
      <div>
        <Heading className="sr-only">{course.heading}</Heading>
        <Bone className="h-5 w-28" />
        <Bone className="mt-4 h-10 w-3/4" />
        <Bone className="mt-4 h-5 w-40" />
        <Bone className="mt-5 h-20" />
      </div>
      <Bone className="h-96 rounded-card" />
    </Loading>
  );
}

export function CheckoutSkeleton() {
  const { checkout } = useWords();
  return (
    <Loading>
      <Heading className="mb-8">{checkout.heading}</Heading>
      <div className="grid items-start gap-8 lg:grid-cols-[20rem_1fr] lg:gap-12">
        <Bone className="h-48 rounded-card lg:h-96" />
        <FormSkeleton />
      </div>
    </Loading>
  );
}

export const FormSkeleton = () => <Bone className="h-160 rounded-card" />;

export function PurchaseSkeleton() {
  const { purchase } = useWords();
  return (
    <Loading className="mx-auto max-w-xl">
      <Heading>{purchase.checking}</Heading>
      <Bone className="mt-4 h-14" />
      <Bone className="mt-8 h-60 rounded-card" />
    </Loading>
  );
}

export function PurchasesSkeleton() {
  const { purchases } = useWords();
  return (
    <Loading>
      <Heading className="mb-8">{purchases.heading}</Heading>
      <Bone className="h-72 rounded-card" />
    </Loading>
  );
}

export function SignInSkeleton() {
  const { frame } = useWords();
  return (
    <Loading className="py-12 text-center sm:py-20">
      <Heading>{frame.signingIn}</Heading>
    </Loading>
  );
}
