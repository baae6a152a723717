/** A course's page as it leaves the server: the client's own, which in a chat or a search shows what the course is. */
import { Router } from "express";
import type { Course } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";
import type { ClientPage } from "../client-shell.ts";
import { describeError } from "../error-facts.ts";
import { createLogger } from "../telemetry.ts";
import { existingCourse } from "./courses.ts";
import { HttpError } from "./errors.ts";
import { PAGE_CACHE } from "./who-may-keep.ts";

const logger = createLogger("api");

const NO_CACHE = "no-cache";

export function coursePageRoutes({
  courses,
  readShell,
  clientUrl,
}: ClientPage & { courses: CourseStore }): Router {
  const router = Router();
  router.get("/:courseId", async (request, response) => {
    const { courseId } = request.params;
    const [shell, found] = await Promise.all([readShell(), lookUp(courses, courseId)]);
    const course = typeof found === "string" ? undefined : found;
    response
      .status(found === "unknown" ? 404 : 200)
      .set("cache-control", found === "away" ? NO_CACHE : PAGE_CACHE)
      .type("html")
      .send(course ? describeCourse(shell, course, clientUrl) : shell);
  });
  return router;
}

/** The page is there without the table, too, and says itself what is the matter. */
async function lookUp(courses: CourseStore, courseId: string): Promise<Course | "unknown" | "away"> {
  try {
    return await existingCourse(courses, courseId);
  } catch (error) {
    if (error instanceof HttpError) return "unknown";
    logger.warn("course page without its course", describeError(error));
    return "away";
  }
}

/** What the page says of the whole site. */
const OF_SITE =
  /\s*(?:<title>[^<]*<\/title>|<meta (?:name="description"|property="og:[^"]*"|name="twitter:card")[^>]*>)/g;

function describeCourse(shell: string, course: Course, clientUrl: string): string {
  const { courseId, name, description, imageUrl } = course;
  const isOwn = imageUrl !== undefined && /^\/(?![/\\])/.test(imageUrl);
  const tags = [
    `<title>${escape(name)} · Bursar</title>`,
    `<meta name="description" content="${escape(description)}">`,
    ...Object.entries({
      site_name: "Bursar",
      type: "website",
      title: name,
      description,
      url: new URL(`/courses/${courseId}`, clientUrl).href,
      image: new URL(isOwn ? imageUrl : "/preview.png", clientUrl).href,
    }).map(([property, content]) => `<meta property="og:${property}" content="${escape(content)}">`),
    '<meta name="twitter:card" content="summary_large_image">',
  ];
  return shell.replaceAll(OF_SITE, "").replace("</head>", () => `  ${tags.join("\n    ")}\n  </head>`);
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A course's texts are text, wherever they stand in a page. */
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
