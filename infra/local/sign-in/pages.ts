/** The issuer's few pages: plain HTML with one stylesheet, readable in light and dark and on a small phone. */
import type { LocalStudent } from "./students.ts";

interface Picker {
  students: readonly LocalStudent[];
  /** What was wrong with the e-mail address that was sent before. */
  problem?: { email: string; message: string };
}

/** Every form posts to the page's own address. */
export function renderPickerPage({ students, problem }: Picker): string {
  const invalid = problem ? ` aria-invalid="true" autofocus value="${escapeHtml(problem.email)}"` : "";
  return renderPage(
    "Choose a student",
    `<p class="note">This sign-in runs on this machine only: no password, no real accounts.</p>
    <form method="post">
      <ul class="students">${students.map(renderStudent).join("")}</ul>
    </form>
    <form method="post" class="another">
      <label for="email">Or be someone else</label>
      <p class="hint" id="hint">Any e-mail address; nothing is sent to it.</p>
      ${problem ? `<p class="problem" id="problem" role="alert">${escapeHtml(problem.message)}</p>` : ""}
      <div class="row">
        <input id="email" name="email" type="email" required autocomplete="off" placeholder="mary@example.com"
          aria-describedby="hint${problem ? " problem" : ""}"${invalid}>
        <button class="primary">Continue</button>
      </div>
    </form>
    <form method="post"><button class="quiet" name="cancel" value="yes">Cancel</button></form>`,
  );
}

export function renderErrorPage(message: string): string {
  return renderPage(
    "Sign-in did not work",
    `<p role="alert">${escapeHtml(message)}</p>
    <p class="note">Go back to the course site and sign in again.</p>`,
  );
}

/** @param form the library's form `op.logoutForm`, which carries the proof that this page asked for it */
export function renderSigningOutPage(form: string): string {
  return renderPage(
    "Signing out",
    `${form}
    <p>If nothing happens, continue here.</p>
    <button class="primary" form="op.logoutForm" name="logout" value="yes">Sign out</button>
    <script src="/sign-out.js" defer></script>`,
  );
}

export function renderSignedOutPage(): string {
  return renderPage("Signed out", `<p>You can close this page.</p>`);
}

function renderStudent({ email, name }: LocalStudent): string {
  return `<li><button name="email" value="${escapeHtml(email)}">
    <span class="avatar" aria-hidden="true">${escapeHtml(name.charAt(0))}</span>
    <span class="who"><strong>${escapeHtml(name)}</strong> <span class="email">${escapeHtml(email)}</span></span>
  </button></li>`;
}

function renderPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en" data-palette="tools">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} - Bursar</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/sign-in.css">
</head>
<body>
  <main>
    <h1>${title}</h1>
    ${content}
  </main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
