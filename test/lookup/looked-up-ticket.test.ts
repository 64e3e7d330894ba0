/** The one shape: types by labels, statuses by kinds of states, branch names. */

import { describe, expect, it } from "vitest";
import { branchName, lookedUpStatus, lookedUpType } from "../../src/core/lookup/looked-up-ticket.ts";

describe("the type", () => {
  it.each([
    [["Bug"], "bug"],
    [["hotfix"], "bug"],
    [["Regression-2"], "bug"],
    [["ENHANCEMENT"], "feature"],
    [["user story"], "feature"],
    [["chore"], "task"],
    [["Tech Debt"], "maintenance"],
    [["tech-debt"], "maintenance"],
    [["cleanup"], "maintenance"],
    // The first label that says anything; within it, bug comes before feature.
    [["backend", "spike", "bug"], "task"],
    [["bug in a feature"], "bug"],
    [["backend"], "unknown"],
    [[], "unknown"],
  ] as const)("of %j is %s", (labels, type) => {
    expect(lookedUpType(labels, null)).toBe(type);
  });

  it("is the platform's own where no label says one", () => {
    expect(lookedUpType(["backend"], "Defect")).toBe("bug");
    expect(lookedUpType(["chore"], "Bug")).toBe("task");
  });
});

it.each([
  ["open", "open"],
  ["triage", "open"],
  ["in_progress", "in_progress"],
  ["done", "done"],
  ["canceled", "closed"],
  ["duplicate", "closed"],
  ["unknown", "unknown"],
] as const)("a state of the kind %s is %s", (kind, status) => {
  expect(lookedUpStatus(kind)).toBe(status);
});

it.each([
  ["ENG-123", "Retry handling", "eng-123-retry-handling"],
  ["acme/payments#42", "Añadir: «claves»!", "acme-payments-42-añadir-claves"],
  ["42", "", "42"],
  ["ENG-1", "a very long title that nobody would ever want to type as the name of a branch", "eng-1-a-very-long-title-that-nobody-would-ever-want-to-type"],
])("the branch of %s %s", (key, title, name) => {
  expect(branchName(key, title)).toBe(name);
  expect(branchName(key, title).length).toBeLessThanOrEqual(60);
});
