/** Six courses, of which TEST-COURSE-003 and -005 are paid. */
import type { Course } from "#workflow/model.ts";

export const SEEDED_COURSES: Course[] = [
  {
    courseId: "TEST-COURSE-001",
    status: "published",
    name: "Programming from First Principles",
    description:
      "Build a small computer in your head, then teach it to do something useful. No experience needed.",
    instructor: "Mary Jackson",
    pricingModel: "free",
    accessUrl: "https://example.com/courses/programming",
    learningObjectives: [
      "Read a short program and say what it does",
      "Turn a question into steps that a machine can follow",
      "Find a mistake by reasoning instead of guessing",
    ],
    curriculum: [
      { title: "What a machine can do", lessons: ["Values and names", "Steps in order", "Choices"] },
      { title: "Doing it again", lessons: ["Loops", "Lists", "A first useful program"] },
    ],
  },
  {
    courseId: "TEST-COURSE-002",
    status: "published",
    name: "Version Control Without Fear",
    description: "Branches, merges and history, drawn as pictures until nothing about them is frightening.",
    instructor: "Radia Perlman",
    pricingModel: "free",
    accessUrl: "https://example.com/courses/version-control",
    learningObjectives: [
      "Draw the history of a repository",
      "Undo what you did, safely",
      "Review a colleague's change",
    ],
    curriculum: [
      { title: "The graph", lessons: ["Commits", "Branches are names"] },
      { title: "Together", lessons: ["Merging", "Rebasing", "Reviewing"] },
    ],
  },
  {
    courseId: "TEST-COURSE-003",
    status: "published",
    name: "Reliable Payments",
    description:
      "How money moves through software that may fail at any moment, and how nobody loses any of it.",
    instructor: "Barbara Liskov",
    pricingModel: "paid",
    unitAmount: 4900,
    currency: "usd",
    accessUrl: "https://example.com/courses/reliable-payments",
    learningObjectives: [
      "Make any step safe to repeat",
      "Tell a failure that passes from one that does not",
      "Prove that nothing paid for can be lost",
      "Run a recovery with a calm mind",
    ],
    curriculum: [
      { title: "What can go wrong", lessons: ["Twice", "Never", "Out of order", "Done, but unheard"] },
      {
        title: "What to do about it",
        lessons: ["Conditional writes", "Retries with backoff", "Dead letters"],
      },
      { title: "Knowing that it works", lessons: ["Faults on purpose", "Reconciliation"] },
    ],
  },
  {
    courseId: "TEST-COURSE-004",
    status: "published",
    name: "Accessible Interfaces",
    description: "Pages that work with a keyboard, a screen reader, a small screen and a tired mind.",
    instructor: "Susan Kare",
    pricingModel: "free",
    accessUrl: "https://example.com/courses/accessible-interfaces",
    learningObjectives: [
      "Use a page without a mouse",
      "Name things for those who cannot see them",
      "Test with real tools",
    ],
    curriculum: [
      { title: "Perceive", lessons: ["Contrast", "Text alternatives"] },
      { title: "Operate", lessons: ["Focus", "Forms and errors"] },
    ],
  },
  {
    courseId: "TEST-COURSE-005",
    status: "published",
    name: "Workflows on Step Functions",
    description: "State machines that explain themselves, retry what passes and hand a person what does not.",
    instructor: "Margaret Hamilton",
    pricingModel: "paid",
    unitAmount: 12_900,
    currency: "usd",
    accessUrl: "https://example.com/courses/workflows",
    learningObjectives: [
      "Write a state machine that reads as a story",
      "Choose what to retry by the name of the error",
      "Redrive a failed execution instead of repairing data by hand",
    ],
    curriculum: [
      { title: "States", lessons: ["Tasks", "Choices", "Ends"] },
      { title: "Failure", lessons: ["Retriers", "Catchers", "Redrive"] },
      { title: "In production", lessons: ["Alarms", "Quotas", "Costs"] },
    ],
  },
  {
    courseId: "TEST-COURSE-006",
    status: "published",
    name: "Thinking in Queues",
    description: "Why lines grow, when they collapse, and what a little arithmetic says about your servers.",
    instructor: "Agner Krarup Erlang",
    pricingModel: "free",
    accessUrl: "https://example.com/courses/queues",
    learningObjectives: ["Estimate waiting times", "See overload before it arrives"],
    curriculum: [{ title: "Lines", lessons: ["Arrivals", "Service", "Utilisation"] }],
  },
];

/** @throws Error when there is no such course among them */
export function seededCourse(courseId: string): Course {
  const course = SEEDED_COURSES.find((seeded) => seeded.courseId === courseId);
  if (!course) throw new Error(`${courseId} is not seeded`);
  return course;
}
