/** Steps from state to state by what the type allows, one type's states at a time. */

import { afterEach, expect, it } from "vitest";
import { base, createOne, done, readOne, shapeOf } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

it("a strict process is walked by its shortest path, and only when asked to", async () => {
  stage = await azureStage({ workflow: "agile" });
  const { key, id } = await createOne(stage);
  await stage.person.move(key, "Removed");
  const before = await readOne(stage, key);
  const step = { key, expectRevision: before.revision, to: "closed" };
  const [refused] = await stage.tracker.transition([{ ...step, walk: false }]);
  expect(refused).toMatchObject({ state: "refused", error: { kind: "invalid", hint: expect.stringContaining("By way of New") } });
  expect(await readOne(stage, key)).toEqual(before);
  const next = base("t-walk", { ticket: id });
  expect(done((await stage.tracker.transition([{ ...step, walk: true, base: next }]))[0]).echo).toMatchObject({ status: "Closed", base: next });
  expect(await readOne(stage, key)).toMatchObject({ status: "Closed", category: "done", base: next });
});

it("a step that the server refuses, whatever the process tells, wrote nothing", async () => {
  stage = await azureStage({ workflow: "linear" });
  const { key } = await createOne(stage);
  const [refused] = await stage.tracker.transition([{ key, expectRevision: null, to: "Closed", walk: false }]);
  expect(refused).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("State") } });
  expect((await readOne(stage, key)).status).toBe("New");
});

it("a status of other types is refused with the names that the ticket's own type has", async () => {
  stage = await azureStage();
  const { key } = await createOne(stage, { type: "Task" });
  const [refused] = await stage.tracker.transition([{ key, expectRevision: null, to: "Resolved", walk: true }]);
  expect(refused).toMatchObject({ state: "refused", error: { kind: "invalid", hint: expect.stringContaining("New, Active, Closed, Removed") } });
});

it("a type without the ticket's state begins where its own tickets do", async () => {
  stage = await azureStage();
  const { key } = await createOne(stage, { type: "User Story" });
  await stage.person.move(key, "Resolved");
  done((await stage.tracker.update([{ key, expectRevision: null, type: "Task" }]))[0]);
  expect(await readOne(stage, key)).toMatchObject({ type: "Task", status: "New" });
});

it("the project's shape comes from its backlogs: levels nest, their defaults lead, other types have no say in statuses", async () => {
  stage = await azureStage();
  const { steps, ...shape } = await shapeOf(stage);
  expect(steps?.["Task"]).toMatchObject({ New: expect.arrayContaining(["Active", "Closed"]), Removed: ["Removed", "New"] });
  expect(shape).toEqual({
    name: "Payments",
    types: ["Epic", "Feature", "User Story", "Bug", "Task"],
    nesting: { Epic: ["Feature"], Feature: ["User Story", "Bug"], "User Story": ["Task"], Bug: ["Task"], Task: [] },
    defaultTypes: ["Epic", "Feature", "User Story"],
    statuses: [
      { name: "New", category: "open" },
      { name: "Active", category: "in_progress" },
      { name: "Resolved", category: "in_progress" },
      { name: "Closed", category: "done" },
      { name: "Removed", category: "canceled" },
    ],
    initialStatus: "New",
  });
});
