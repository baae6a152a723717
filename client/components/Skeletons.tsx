/** The outlines of the pages, in their final sizes, shown while the first one loads. */

const Bone = ({ className }: { className: string }) => (
  <div className={`rounded-lg bg-sunken motion-safe:animate-pulse ${className}`} />
);

const Loading = () => <output className="sr-only">Loading…</output>;

export function CardsSkeleton() {
  return (
    <div aria-busy="true">
      <Loading />
      <Bone className="h-10 w-48 sm:h-11" />
      <Bone className="mt-3 h-6 w-full max-w-md" />
      <Bone className="mt-8 h-12 w-full" />
      <div className="mt-8 grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {["a", "b", "c", "d", "e", "f"].map((card) => (
          <Bone key={card} className="h-88 rounded-card" />
        ))}
      </div>
    </div>
  );
}

export function CourseSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-8 lg:grid-cols-[1fr_22rem] lg:gap-12">
      <Loading />
      <div>
        <Bone className="h-5 w-28" />
        <Bone className="mt-4 h-11 w-3/4" />
        <Bone className="mt-4 h-20 w-full" />
      </div>
      <Bone className="h-96 rounded-card" />
    </div>
  );
}

export function CheckoutSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-8 lg:grid-cols-[20rem_1fr] lg:gap-12">
      <Loading />
      <Bone className="h-72 rounded-card" />
      <FormSkeleton />
    </div>
  );
}

export const FormSkeleton = () => <Bone className="h-160 w-full rounded-card" />;

export function PurchaseSkeleton() {
  return (
    <div aria-busy="true" className="mx-auto max-w-xl">
      <Loading />
      <Bone className="h-11 w-3/4" />
      <Bone className="mt-4 h-6 w-full" />
      <Bone className="mt-8 h-72 rounded-card" />
    </div>
  );
}

export function SignInSkeleton() {
  return <output className="block py-20 text-center text-lg text-muted">Signing you in…</output>;
}
