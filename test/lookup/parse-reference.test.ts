/** What people paste or type to name a ticket, and what is refused. */

import { describe, expect, it } from "vitest";
import type { System } from "../../src/core/model/system.ts";
import { parseReference } from "../../src/core/lookup/parse-reference.ts";

const HOSTS: ReadonlyMap<string, System> = new Map([
  ["jira.acme.example", "jira"],
  ["127.0.0.1:8080", "github"],
  ["tfs.acme.example", "azure"],
]);

const GOOD: readonly (readonly [string, System | null, string | null, string])[] = [
  ["https://linear.app/acme/issue/ENG-123", "linear", "ENG", "ENG-123"],
  ["https://linear.app/acme/issue/eng-123/retry-handling?x=1#comment", "linear", "ENG", "ENG-123"],
  ["https://acme.atlassian.net/browse/PAY-7", "jira", "PAY", "PAY-7"],
  ["https://acme.atlassian.net/jira/software/projects/PAY/boards/1?selectedIssue=PAY-7", "jira", "PAY", "PAY-7"],
  ["https://jira.acme.example/browse/pay-7?focusedId=1", "jira", "PAY", "PAY-7"],
  ["https://issues.elsewhere.example/jira/browse/PAY-7", "jira", "PAY", "PAY-7"],
  ["https://github.com/acme/payments/issues/42#issuecomment-1", "github", "acme/payments", "42"],
  ["https://github.com/acme/payments/pull/42/files", "github", "acme/payments", "42"],
  ["http://127.0.0.1:8080/acme/payments/issues/42", "github", "acme/payments", "42"],
  ["https://dev.azure.com/acme/Payments%20Team/_workitems/edit/4711", "azure", "acme/Payments Team", "4711"],
  ["https://acme.visualstudio.com/Payments/_workitems/edit/4711/", "azure", "acme/Payments", "4711"],
  ["https://dev.azure.com/acme/Payments/_boards/board/t/Team/Stories/?workitem=4711", "azure", "acme/Payments", "4711"],
  ["https://tfs.acme.example/acme/Payments/_workitems/edit/4711", "azure", "acme/Payments", "4711"],
  ["eng-123", null, "ENG", "ENG-123"],
  ["  ENG-123 ", null, "ENG", "ENG-123"],
  ["acme/payments#42", "github", "acme/payments", "acme/payments#42"],
  ["payments#42", "github", null, "payments#42"],
  ["AB#4711", "azure", null, "4711"],
  ["#42", null, null, "42"],
  ["42", null, null, "42"],
];

const BAD = [
  "",
  "ENG",
  "ENG-",
  "-1",
  "ENG-12x",
  "see ENG-1",
  "ENG-1 ENG-2",
  "https://",
  "https://example.com/ENG-1",
  "https://linear.app/acme/team/ENG",
  "https://github.com/acme/payments/issues",
  "https://github.com/acme/payments/issues/new",
  "https://dev.azure.com/acme/Payments/_git/x",
  "javascript:alert(1)",
  "../../etc/passwd",
  "E".repeat(5_000),
  `https://github.com/acme/${"a".repeat(3_000)}/issues/1`,
];

describe("a reference", () => {
  it.each(GOOD)("%s", (text, system, place, key) => {
    const host = URL.parse(text.trim())?.host ?? null;
    expect(parseReference(text, HOSTS)).toEqual({ ok: true, reference: { system, host: text.includes("://") ? host : null, place, key } });
  });

  it.each(BAD)("junk: %s", (text) => {
    expect(parseReference(text, HOSTS)).toMatchObject({ ok: false, why: expect.stringMatching(/\w/) });
  });
});
