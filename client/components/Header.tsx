/** The top of every page: where one can go, and who is signed in. */
import { type ReactNode, useState } from "react";
import { Link, NavLink, useMatch } from "react-router";
import { useWords } from "../language.ts";
import { SIGN_IN_CALLBACK_PATH } from "../paths.ts";
import { useSeller } from "../seller.ts";
import { type Session, useSession } from "../session.ts";
import { signOut } from "../sign-in.ts";
import { Button } from "./Button.tsx";
import { SignInButton } from "./SignInButton.tsx";

export function Header() {
  const { frame } = useWords();
  const session = useSession();
  const seller = useSeller();
  // Leaving half-way would leave a student that the API does not know yet.
  const isSigningIn = useMatch(SIGN_IN_CALLBACK_PATH) !== null;
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex min-h-16 max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 sm:gap-x-6 sm:px-6">
        <Link to="/" className="flex items-center gap-2.5 font-semibold tracking-tight">
          <img
            src={seller.logoUrl ?? "/favicon.svg"}
            alt=""
            width={28}
            height={28}
            className="size-7 shrink-0 object-contain"
          />
          <span className="line-clamp-2 text-lg leading-tight wrap-anywhere max-[22rem]:sr-only">
            {seller.name}
          </span>
        </Link>
        <nav aria-label={frame.navigation} className="flex grow items-center gap-1 text-sm">
          <HeaderLink to="/" className="max-sm:hidden">
            {frame.courses}
          </HeaderLink>
          {session ? <HeaderLink to="/my-courses">{frame.myCourses}</HeaderLink> : null}
          {session ? (
            // On narrow screens there is no room for it; "My courses" leads there.
            <HeaderLink to="/purchases" className="max-md:hidden">
              {frame.purchases}
            </HeaderLink>
          ) : null}
        </nav>
        <div className="flex min-h-10 max-w-full items-center gap-3">
          {isSigningIn ? null : <Account session={session} />}
        </div>
      </div>
    </header>
  );
}

function Account({ session }: { session: Session | null }) {
  const { frame } = useWords();
  return session ? (
    <SignedIn name={session.name || frame.student} />
  ) : (
    <SignInButton variant="quiet">{frame.signIn}</SignInButton>
  );
}

function SignedIn({ name }: { name: string }) {
  const { frame } = useWords();
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    void signOut();
  };
  return (
    <>
      <span className="sr-only">{frame.signedInAs({ name })}</span>
      <span aria-hidden="true" className="max-w-40 truncate text-sm text-muted max-sm:hidden">
        {name}
      </span>
      <Button variant="quiet" isBusy={isLeaving} onClick={leave}>
        {frame.signOut}
      </Button>
    </>
  );
}

function HeaderLink({
  to,
  className = "",
  children,
}: {
  to: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <NavLink
      to={to}
      end
      className={({ isActive }) =>
        `rounded-lg px-3 py-2 whitespace-nowrap hover:text-ink ${isActive ? "font-medium text-ink" : "text-muted"} ${className}`
      }
    >
      {children}
    </NavLink>
  );
}
