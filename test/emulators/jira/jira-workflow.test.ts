/** What FACTS.md says of Jira's workflow: transitions by name and by status, collisions, and bulk tasks. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import type { OpenJira } from "./open-jira.ts";
import { fieldsOf, openJira } from "./open-jira.ts";

async function steps({ jira }: OpenJira, issueIdOrKey: string): Promise<readonly (readonly [string, string])[]> {
  const { transitions = [] } = await jira.issues.getTransitions({ issueIdOrKey });
  return transitions.map(({ name = "", to }) => [name, to?.name ?? ""]);
}

describe("POST /issue/{key}/transitions", () => {
  it("answers 204, and sets a resolution where the work ends", async () => {
    const { call, emulator, jira } = await openJira();
    const key = emulator.people.create({ title: "One" });
    const done = await call("POST", `/issue/${key}/transitions`, { transition: { id: "51" }, properties: [{ key: "canon", value: 1 }] });
    expect([done.status, done.text]).toEqual([204, ""]);
    expect((await jira.issues.getIssue({ issueIdOrKey: key })).fields).toMatchObject({ status: { name: "Done" }, resolution: { name: "Done" } });
    expect((await jira.issueProperties.getIssueProperty({ issueIdOrKey: key, propertyKey: "canon" })).value).toBe(1);
    await call("POST", `/issue/${key}/transitions`, { transition: { id: "11" } });
    expect((await jira.issues.getIssue({ issueIdOrKey: key })).fields).toMatchObject({ status: { name: "To Do" }, resolution: null });
  });

  it("answers 409 to concurrent transitions (formerly 400), once", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One" });
    for (const status of [409, 400] as const) {
      emulator.collide(key, status);
      expect((await call("POST", `/issue/${key}/transitions`, { transition: { id: "21" } })).status).toBe(status);
      expect((await call("POST", `/issue/${key}/transitions`, { transition: { id: "21" } })).status).toBe(204);
    }
  });
});

describe("Transition NAME is not the target status name", () => {
  it("never, in no workflow", async () => {
    for (const workflow of ["free", "strict"] as const) {
      const open = await openJira({ workflow });
      const key = open.emulator.people.create({ title: "One" });
      const found = await steps(open, key);
      expect(found.length).toBeGreaterThan(0);
      for (const [name, status] of found) expect(name).not.toBe(status);
    }
  });

  it("only transitions leaving the current status are listed; the whole workflow needs admin rights", async () => {
    const open = await openJira({ workflow: "strict" });
    const { call, emulator } = open;
    const key = emulator.people.create({ title: "One" });
    expect(await steps(open, key)).toEqual([
      ["Start work", "In Progress"],
      ["Drop", "Won't Do"],
    ]);
    expect((await call("POST", `/issue/${key}/transitions`, { transition: { id: "51" } })).status).toBe(400);
    expect(emulator.people.show(key).status).toBe("To Do");
    for (const path of ["/workflow/search", "/workflows/search"]) expect((await call("GET", path)).status).toBe(403);
  });

  it("a strict workflow can be walked from its first status to its last", async () => {
    const { call, emulator } = await openJira({ workflow: "strict" });
    const key = emulator.people.create({ title: "One" });
    for (const id of ["21", "31", "51", "11"]) expect((await call("POST", `/issue/${key}/transitions`, { transition: { id } })).status).toBe(204);
    expect(emulator.people.show(key).status).toBe("To Do");
  });

  it("without the permission none is listed", async () => {
    const open = await openJira();
    const key = open.emulator.people.create({ title: "One" });
    open.emulator.deny("TRANSITION_ISSUES");
    expect(await steps(open, key)).toEqual([]);
    expect((await open.call("POST", `/issue/${key}/transitions`, { transition: { id: "21" } })).status).toBe(403);
  });
});

describe("/bulk/issues/transition, /bulk/issues/fields: asynchronous tasks", () => {
  it("transition up to 1,000 tickets, each by its own outcome, after a while", async () => {
    const { jira, call, emulator } = await openJira();
    const keys = ["One", "Two", "Three"].map((title) => emulator.people.create({ title }));
    emulator.people.archive("PAY-3");
    const submitted = await call("POST", "/bulk/issues/transition", {
      bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [...keys, "PAY-9"], transitionId: "51" }],
    });
    expect(submitted.status).toBe(201);
    const taskId = String(submitted.body["taskId"]);
    expect((await jira.issueBulkOperations.getBulkOperationProgress({ taskId })).status).toBe("RUNNING");
    expect(emulator.people.show("PAY-1").status).toBe("To Do");
    emulator.clock.advance(1_000);
    expect((await call("GET", `/bulk/queue/${taskId}`)).body).toMatchObject({
      status: "COMPLETE",
      progressPercent: 100,
      processedAccessibleIssues: [10_001, 10_002],
      failedAccessibleIssues: { "10003": [expect.any(String)] },
      invalidOrInaccessibleIssueCount: 1,
    });
    expect(emulator.people.show("PAY-2").status).toBe("Done");
    const many = Array.from({ length: 1_001 }, (_, n) => String(n));
    const tooMany = await call("POST", "/bulk/issues/transition", { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: many, transitionId: "51" }] });
    expect([tooMany.status, tooMany.body["errors"]]).toEqual([400, [{ message: "Between 1 and 1000 issues must be selected." }]]);
  });

  it("set one value for all", async () => {
    const { call, emulator } = await openJira();
    const keys = ["One", "Two"].map((title) => emulator.people.create({ title, labels: ["a"] }));
    await call("POST", "/bulk/issues/fields", {
      selectedActions: ["labels"],
      selectedIssueIdsOrKeys: keys,
      editedFieldsInput: { labelsFields: [{ fieldId: "labels", bulkEditMultiSelectFieldOption: "ADD", labels: [{ name: "b" }] }] },
    });
    emulator.clock.advance(1_000);
    await call("GET", "/myself");
    expect(keys.map((key) => emulator.people.show(key).labels)).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  it("need a bulk-change permission", async () => {
    const { call, emulator, jira } = await openJira();
    const key = emulator.people.create({ title: "One" });
    emulator.deny("BULK_CHANGE");
    const { permissions } = await jira.permissions.getMyPermissions({ permissions: "BULK_CHANGE" });
    expect(permissions?.["BULK_CHANGE"]?.havePermission).toBe(false);
    expect((await call("POST", "/bulk/issues/transition", { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [key], transitionId: "51" }] })).status).toBe(403);
    expect((await call("GET", `/bulk/issues/transition?issueIdsOrKeys=${key}`)).status).toBe(403);
  });

  it("tell which transitions tickets in several statuses share", async () => {
    const { call, emulator } = await openJira({ workflow: "strict" });
    const keys = ["One", "Two"].map((title) => emulator.people.create({ title }));
    emulator.people.move("PAY-2", "In Progress");
    const [found] = asList((await call("GET", `/bulk/issues/transition?issueIdsOrKeys=${keys.join(",")}`)).body["availableTransitions"]);
    expect(asList(asObject(found)["transitions"])).toMatchObject([{ transitionName: "Drop", to: { statusName: "Won't Do" } }]);
  });
});

it("without the Browse permission nothing is there", async () => {
  const { call, emulator } = await openJira();
  const key = emulator.people.create({ title: "One" });
  emulator.deny("BROWSE_PROJECTS");
  expect((await call("GET", `/issue/${key}`)).status).toBe(404);
  expect((await call("GET", "/project/PAY")).status).toBe(404);
  expect((await call("POST", "/issue", fieldsOf("New"))).status).toBe(400);
  emulator.allow("BROWSE_PROJECTS");
  emulator.deny("CREATE_ISSUES");
  expect((await call("POST", "/issue/bulk", { issueUpdates: [fieldsOf("New")] })).status).toBe(400);
});
