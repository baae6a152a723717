/** What the operating system says, in words that name the cause and what mends it. */

const ROOM = "make room there, then start again";

/** By errno's name, as Node says it, or by its text, as libraries say it. */
const CAUSES: [sign: RegExp, cause: string][] = [
  [/^(ENOSPC|No space left on device)$/i, `the disk is full, or has no inodes left: ${ROOM}`],
  [/^(EDQUOT|Disk quota exceeded)$/i, `this user's share of the disk is used up: ${ROOM}`],
  [/^(EFBIG|File too large)$/i, "a file may not grow any further: raise the limit with `ulimit -f`"],
  [/^(EROFS|Read-only file system)$/i, "its file system is read-only: make it writable"],
  [
    /^(EACCES|EPERM|Permission denied|Operation not permitted)$/i,
    "this user may not: it belongs to somebody else, or its permissions forbid it",
  ],
  [
    /^(EMFILE|ENFILE|Too many open files( in system)?)$/i,
    "too many files are open at once: raise the limit, e.g. with `ulimit -n 4096`, then start again",
  ],
  [
    /^(ENOTDIR|EEXIST|Not a directory|File exists)$/i,
    "a file is in its way where a folder must be, or a link that leads nowhere",
  ],
  [/^(EISDIR|Is a directory)$/i, "a folder is in its way where a file must be"],
  [/^(ENAMETOOLONG|File name too long)$/i, "the name is too long for this file system"],
  [/^(ELOOP|Too many levels of symbolic links)$/i, "its symbolic links lead in a circle"],
  [
    /^(EIO|Input\/output error|i\/o error)$/i,
    "the disk does not read or write as it should: copy what is on it to another one",
  ],
  [/^(ENOLCK|No locks available)$/i, "its file system has no locks, as some network drives have none"],
  [/^(ESTALE|Stale file handle)$/i, "its network drive is away: bring it back, then start again"],
  [/^(ENOMEM|Cannot allocate memory)$/i, "the machine has no memory left: end other programs"],
  [/^(EBUSY|Device or resource busy|ETXTBSY)$/i, "another program holds it"],
];

/** @returns undefined for errors that are not the operating system's */
export function systemCause(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause ? String(cause.code) : "";
    // Of what a library says, the operating system's words are the last: "IO error: /data/LOCK: Permission denied".
    const words = cause.message.split(": ").at(-1) ?? "";
    const found = CAUSES.find(([sign]) => sign.test(code) || sign.test(words));
    if (found) return found[1];
  }
  return undefined;
}
