/** A button for what goes into the ledger: it asks why before it does anything. */
import { type KeyboardEvent, type SubmitEvent, useRef, useState } from "react";
import { ONLY_LOOKS_ID, useAbout } from "../about.ts";
import { useAction } from "../use-action.ts";
import { Button } from "./Button.tsx";
import { TextField } from "./Field.tsx";
import { Notice } from "./Notice.tsx";

interface ActButtonProps {
  words: string;
  /** Of what, for those who do not see what it stands beside. */
  label?: string;
  variant?: "primary" | "quiet" | "danger";
  disabled?: boolean;
  /** It asks at once, without being opened first. */
  isOpen?: boolean;
  /** A reason that may do. */
  suggested?: string;
  act: (reason: string) => Promise<unknown>;
  onDone: () => void;
}

export function ActButton(props: ActButtonProps) {
  const { onlyLooks } = useAbout();
  if (!onlyLooks) return <Asking {...props} />;
  const { words, label, variant } = props;
  return (
    <Button
      {...(variant && { variant })}
      disabled
      title={onlyLooks}
      aria-label={label}
      aria-describedby={ONLY_LOOKS_ID}
    >
      {words}
    </Button>
  );
}

function Asking({ isOpen = false, suggested = "", act: work, onDone, ...looks }: ActButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { busy, failure, act } = useAction(onDone);
  const { words, label, variant = "quiet", disabled = false } = looks;
  const close = () => {
    setIsAsking(false);
    opener.current?.focus();
  };
  return (
    <div className="grid min-w-0 gap-2">
      {isOpen ? null : (
        <Button
          ref={opener}
          variant={variant}
          disabled={disabled}
          isBusy={busy !== undefined}
          aria-label={label}
          aria-expanded={isAsking}
          onClick={() => setIsAsking(!isAsking)}
          className="justify-self-end"
        >
          {words}
        </Button>
      )}
      {isOpen || isAsking ? (
        <ReasonForm
          {...looks}
          suggested={suggested}
          isBusy={busy !== undefined}
          onSubmit={(reason) => act("act", async () => work(reason).then(close))}
          onCancel={isOpen ? undefined : close}
        />
      ) : null}
      {failure ? <Notice tone="bad">{failure}</Notice> : null}
    </div>
  );
}

interface ReasonFormProps {
  words: string;
  suggested: string;
  variant?: "primary" | "quiet" | "danger";
  disabled?: boolean;
  isBusy: boolean;
  onSubmit: (reason: string) => void;
  onCancel: (() => void) | undefined;
}

function ReasonForm({
  words,
  suggested,
  variant = "quiet",
  disabled = false,
  isBusy,
  onSubmit,
  onCancel,
}: ReasonFormProps) {
  const [reason, setReason] = useState(suggested);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy && !disabled) onSubmit(reason);
  };
  const leaveByEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel?.();
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2 rounded-lg bg-sunken p-2">
      <TextField
        words="Why? It stands in the ledger, and names nobody"
        value={reason}
        onChange={setReason}
        onKeyDown={leaveByEscape}
        required
        maxLength={500}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever has opened it goes on to write
        autoFocus={onCancel !== undefined}
        className="min-w-40 grow"
      />
      <Button type="submit" variant={variant} isBusy={isBusy} disabled={disabled}>
        {words}
      </Button>
      {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
    </form>
  );
}
