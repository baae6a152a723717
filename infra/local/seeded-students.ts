/** The students whom one can sign in as. */
export const SEEDED_STUDENTS = [
  { userId: "user-ada", email: "ada@example.com", name: "Ada Lovelace" },
  { userId: "user-grace", email: "grace@example.com", name: "Grace Hopper" },
  { userId: "user-alan", email: "alan@example.com", name: "Alan Turing" },
];
