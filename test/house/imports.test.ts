import { describe, expect, test } from "vitest";
import { importsOf, offences, sources, within } from "./imports-of.ts";

describe("imports run one way", () => {
  test("there are files to look at in every room", () => {
    for (const room of ["workflow/", "handlers/", "client/", "infra/local/"]) {
      expect(sources.filter((file) => file.startsWith(room)).length).toBeGreaterThan(3);
    }
  });

  test("the workflow imports none of the others, and no AWS, Stripe, Express or React", () => {
    const vendors = ["@aws-", "aws-", "stripe", "@stripe", "express", "react", "serverless-http", "node:"];
    expect(offences("workflow/", within("handlers/", "client/", "infra/", "test/", ...vendors))).toEqual([]);
  });

  test("the handlers import the workflow and nothing that deploys or shows them", () => {
    expect(offences("handlers/", within("client/", "infra/", "test/"))).toEqual([]);
  });

  test("only adapters import the SDKs of AWS and Stripe", () => {
    const outside = offences("handlers/", within("@aws-sdk/", "stripe")).filter(
      (offence) => !offence.startsWith("handlers/adapters/"),
    );
    expect(outside).toEqual([]);
  });

  test("only the compositions join adapters with rules", () => {
    const vendors = (imported: string) => /^handlers\/adapters\/[^/]+\//.test(imported);
    const outside = offences("handlers/", vendors).filter(
      (offence) => !/^handlers\/(adapters\/|([a-z]+-)?composition\.ts)/.test(offence),
    );
    expect(outside).toEqual([]);
  });

  test("the client imports the contract with its query, its configuration, the model and how money is written, and nothing else of ours", () => {
    const allowed = /^workflow\/(contract|courses-query|client-config|model|money|locale)\.ts$/;
    const ours = within("workflow/", "handlers/", "infra/", "test/");
    expect(offences("client/", (imported) => ours(imported) && !allowed.test(imported))).toEqual([]);
  });

  test("nothing that ships imports the one-machine deployment", () => {
    const importers = sources.filter((file) => !file.startsWith("infra/local/"));
    expect(importers.flatMap((file) => importsOf(file).filter(within("infra/local/")))).toEqual([]);
  });
});
