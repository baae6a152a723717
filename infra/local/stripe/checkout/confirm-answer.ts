/** What the form in the browser is told of a confirmation that was not refused. */

export type ConfirmAnswer =
  /** `returnUrl` is null when the page is told instead of left. */
  { status: "complete"; returnUrl: string | null } | { status: "requires_action" };
