/** All six states, forward by map or category, and back through the tracker's own categories. */

import { describe, expect, it } from "vitest";
import { SPEC_STATUSES } from "../../src/core/model/status.ts";
import { statusNames, type Workflow } from "../../src/core/plan/status-names.ts";

const WORKFLOW: Workflow = {
  initialStatus: "Backlog",
  statuses: [
    { name: "Backlog", category: "open" },
    { name: "Todo", category: "open" },
    { name: "In Progress", category: "in_progress" },
    { name: "In Review", category: "in_progress" },
    { name: "Blocked", category: "in_progress" },
    { name: "Done", category: "done" },
    { name: "Canceled", category: "canceled" },
  ],
};

describe("without status_map", () => {
  const names = statusNames({}, WORKFLOW);

  it("goes by category", () => {
    expect(SPEC_STATUSES.map((state) => names.forward(state))).toEqual(["Backlog", "Backlog", "In Progress", "Blocked", "Done", "Canceled"]);
  });

  it.each([
    ["Backlog", ["draft", "todo"]],
    ["In Review", ["in_progress", "blocked"]],
    ["Done", ["done"]],
    ["Canceled", ["deprecated"]],
    ["Nowhere", []],
  ] as const)("reads %s back", (status, states) => {
    expect(names.backward(status)).toEqual(states);
  });

  it("tells blocked work from work in progress where both have a status, so that going from one to the other is a change", () => {
    expect([names.backward("In Progress"), names.backward("Blocked")]).toEqual([["in_progress"], ["blocked"]]);
    const parked = {
      ...WORKFLOW,
      statuses: WORKFLOW.statuses.map((status) => (status.name === "Blocked" ? { ...status, category: "open" as const } : status)),
    };
    expect(statusNames({}, parked).backward("Blocked")).toEqual(["blocked"]);
    const bare = { ...WORKFLOW, statuses: WORKFLOW.statuses.filter(({ name }) => name !== "Blocked") };
    expect(statusNames({}, bare).backward("In Progress")).toEqual(["in_progress", "blocked"]);
  });

  it("never sets work in progress to Blocked, wherever the workflow lists it", () => {
    const custom: Workflow = {
      initialStatus: "Open",
      statuses: [
        { name: "Open", category: "open" },
        { name: "Blocked", category: "in_progress" },
        { name: "Doing", category: "in_progress" },
      ],
    };
    expect(statusNames({}, custom).forward("in_progress")).toBe("Doing");
    expect(statusNames({}, custom).backward("Blocked")).toEqual(["blocked"]);
  });

  it("leaves a project without such a status alone when a section is blocked", () => {
    const bare = { ...WORKFLOW, statuses: WORKFLOW.statuses.filter(({ name }) => name !== "Blocked") };
    expect(statusNames({}, bare).forward("blocked")).toBeNull();
  });
});

describe("with status_map", () => {
  const names = statusNames({ todo: "todo", in_progress: "In Review", blocked: "On Hold" }, WORKFLOW);

  it("wins over categories, in any case, in the project's spelling", () => {
    expect([names.forward("todo"), names.forward("in_progress"), names.forward("done")]).toEqual(["Todo", "In Review", "Done"]);
  });

  it("reads a mapped name as its state, another name of that category by category", () => {
    expect([names.backward("Todo"), names.backward("In Progress")]).toEqual([["todo"], ["in_progress", "blocked"]]);
  });

  it("tells the names that the project lacks", () => {
    expect(names.unknown).toEqual([{ state: "blocked", name: "On Hold" }]);
  });
});
