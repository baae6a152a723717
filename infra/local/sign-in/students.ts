/** The students who can sign in locally: the seeded ones, and whoever gives another e-mail address. */
import { createHash } from "node:crypto";
import * as z from "zod";

export interface LocalStudent {
  userId: string;
  email: string;
  name: string;
}

export interface StudentDirectory {
  listStudents(): LocalStudent[];
  findStudent(userId: string): LocalStudent | undefined;
  /**
   * The student with this e-mail address, made if there is none. Undefined: it is not an e-mail address.
   * @throws what refuses the sign-up
   */
  signIn(email: string, signUp?: SignUp): Promise<LocalStudent | undefined>;
}

/** Asked before somebody new is let in; rejects to refuse. */
export type SignUp = (student: LocalStudent) => Promise<unknown>;

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

export function createStudentDirectory(seeded: readonly LocalStudent[]): StudentDirectory {
  const students = new Map(seeded.map((student) => [student.userId, student]));

  return {
    listStudents: () => [...students.values()],
    findStudent: (userId) => students.get(userId),
    async signIn(input, signUp) {
      const email = emailSchema.safeParse(input).data;
      if (email === undefined) return undefined;
      const known = [...students.values()].find((student) => student.email.toLowerCase() === email);
      if (known) return known;
      const student = { userId: deriveUserId(email), email, name: nameFromEmail(email) };
      await signUp?.(student);
      students.set(student.userId, student);
      return student;
    },
  };
}

/** The same address gives the same id in every run, so that enrollments on disk keep their student. A UUID, version 5. */
function deriveUserId(email: string): string {
  const hash = createHash("sha1").update(`bursar student ${email}`).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** `mary.jackson@example.com` is called Mary Jackson. */
function nameFromEmail(email: string): string {
  const words = email.replace(/@.*$/, "").match(/[^._+-]+/g) ?? [email];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
