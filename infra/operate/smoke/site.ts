/** Calls a deployment as a browser and Stripe would. */
import type * as z from "zod/mini";
import {
  type CourseSummary,
  type CoursesAnswer,
  coursesAnswerSchema,
  errorAnswerSchema,
} from "#workflow/contract.ts";

export interface Site {
  url: string;
  /** @throws Error when there is no answer */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** @throws Error when the answer is not 2xx or not of the contract's shape */
  ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    path: string,
    init?: RequestInit,
  ): Promise<z.infer<Schema>>;
}

const PATIENCE_MS = 30_000;

/** @param url e.g. `https://courses.example.com` */
export function openSite(url: string): Site {
  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const address = new URL(path, url);
    return fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {
      throw new Error(`${address.origin} does not answer`);
    });
  }

  return {
    url,
    request,
    async ask(schema, path, init) {
      const response = await request(path, init);
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw new Error(`${path} answered ${response.status}${reasonIn(body)}`);
      const result = schema.safeParse(body);
      if (!result.success) throw new Error(`${path} did not answer in the contract's shape`);
      return result.data;
    },
  };
}

/** The catalogue, read page by page. */
export async function* listCourses(site: Site): AsyncGenerator<CourseSummary> {
  let address: string | undefined = "/api/courses";
  while (address) {
    const { courses, next }: CoursesAnswer = await site.ask(coursesAnswerSchema, address);
    yield* courses;
    address = next && `/api/courses?after=${next}`;
  }
}

function reasonIn(body: unknown): string {
  const { data } = errorAnswerSchema.safeParse(body);
  return data ? `: ${data.error.message}` : "";
}
