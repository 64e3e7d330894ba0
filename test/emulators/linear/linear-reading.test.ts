/** FACTS.md, Linear: what is read, what is hidden, what lags behind, and what people do to it meanwhile. */

import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { given } from "./compare.ts";
import { failure, linearSession, type LinearSession } from "./linear-session.ts";

let session: LinearSession;
beforeEach(async () => {
  session = await linearSession();
});
afterEach(async () => {
  await session.emulator.close();
});

async function found(filter: object, includeArchived = false): Promise<readonly string[]> {
  const data = await session.raw("query F($filter: IssueFilter!, $all: Boolean!) { issues(filter: $filter, includeArchived: $all) { nodes { identifier } } }", {
    filter,
    all: includeArchived,
  });
  const { nodes } = given(data["issues"]);
  return Array.isArray(nodes) ? nodes.map((node) => String(given(node)["identifier"])) : [];
}

describe("tickets and their places", () => {
  test("parentId takes UUID or key; a parent that is its own child is refused", async () => {
    const parent = await session.create({});
    const byId = await session.create({ parentId: parent.id });
    const byKey = await session.create({ parentId: parent.key });
    expect((await (await session.client.issue(parent.key)).children()).nodes.map(({ identifier }) => identifier)).toEqual([byKey.key, byId.key]);
    expect(await failure(session.create({ parentId: "ENG-99" }))).toMatchObject({ message: expect.stringContaining("Entity not found: Issue") });
    expect(await failure(session.client.updateIssue(parent.id, { parentId: byId.key }))).toMatchObject({ type: "InvalidInput" });
    await session.raw('mutation { issueUpdate(id: "ENG-2", input: { parentId: null }) { success } }');
    expect(session.emulator.people.show("ENG-2").parent).toBeNull();
  });

  test("WorkflowState.type is an open string (`duplicate`, `triage` occur); states belong to a team, and statuses map by id", async () => {
    const { raw, stateId } = session;
    const data = await raw("{ workflowStates(first: 100) { nodes { id name type team { key } } } }");
    const { nodes } = given(data["workflowStates"]);
    const states = Array.isArray(nodes) ? nodes.map(given) : [];
    expect(states.filter(({ team }) => given(team)["key"] === "ENG").map(({ type }) => type)).toEqual([
      "backlog",
      "unstarted",
      "started",
      "started",
      "completed",
      "canceled",
      "duplicate",
    ]);
    const elsewhere = states.find(({ team, name }) => given(team)["key"] === "OPS" && name === "Done");
    expect(await failure(session.create({ stateId: elsewhere?.["id"] }))).toMatchObject({ type: "InvalidInput" });
    await session.create({ stateId: stateId("In Review") });
    expect(session.emulator.people.show("ENG-1").status).toBe("In Review");
    await session.client.updateIssue("ENG-1", { stateId: stateId("Backlog") });
    expect(session.emulator.people.show("ENG-1").status).toBe("Backlog");
    expect(session.emulator.requests.at(-1)?.operation).toBe("transition");
  });

  test("a team with triage begins there and asks for a priority to leave it", async () => {
    const triage = await linearSession({ triage: true });
    await triage.create({});
    expect(triage.emulator.people.show("ENG-1").status).toBe("Triage");
    expect(await failure(triage.client.updateIssue("ENG-1", { stateId: triage.stateId("Todo") }))).toMatchObject({ type: "InvalidInput" });
    await triage.client.updateIssue("ENG-1", { stateId: triage.stateId("Todo"), priority: 3 });
    expect(triage.emulator.people.show("ENG-1").status).toBe("Todo");
    await triage.emulator.close();
  });

  test("priority 0 none, 1 urgent … 4 low", async () => {
    await session.create({});
    await session.create({ priority: 1 });
    expect([(await session.client.issue("ENG-1")).priorityLabel, (await session.client.issue("ENG-2")).priorityLabel]).toEqual(["No priority", "Urgent"]);
    expect(await failure(session.create({ priority: 5 }))).toMatchObject({ type: "InvalidInput" });
  });

  test("archived issues hide unless includeArchived; read by id they say so, and writes do not find them", async () => {
    const { id } = await session.create({});
    await session.create({ parentId: id });
    expect(await failure(session.client.archiveIssue("ENG-1"))).toMatchObject({ type: "InvalidInput" });
    await session.client.archiveIssue(id);
    const filter = { id: { in: [id] } };
    expect(await found(filter)).toEqual([]);
    expect(await found(filter, true)).toEqual(["ENG-1"]);
    expect((await session.client.issue("ENG-1")).archivedAt).toBeInstanceOf(Date);
    expect(await failure(session.client.updateIssue("ENG-1", { title: "Back" }))).toMatchObject({ type: "InvalidInput" });
    expect(await failure(session.client.createAttachment({ issueId: "ENG-1", url: "x:y", title: "t" }))).toMatchObject({ type: "InvalidInput" });
    await session.client.unarchiveIssue(id);
    expect(session.emulator.people.keys()).toEqual(["ENG-1", "ENG-2"]);
    await session.client.deleteIssue(id);
    expect(await session.client.issue(id)).toMatchObject({ trashed: true, archivedAt: expect.any(Date) });
  });

  test("titles are trimmed, and neither blank nor endless", async () => {
    await session.create({ title: "  Trimmed " });
    expect(session.emulator.people.show("ENG-1").title).toBe("Trimmed");
    for (const title of ["", " ", "é".repeat(256)]) expect(await failure(session.create({ title }))).toMatchObject({ type: "InvalidInput" });
    expect((await session.create({ title: "é".repeat(255) })).key).toBe("ENG-2");
    expect(await failure(session.create({ description: "x".repeat(250_001) }))).toMatchObject({ type: "InvalidInput" });
  });
});

describe("reads may lag writes", () => {
  test("lists lag by default, in what exists and in what it says; reads by id or number do not", async () => {
    const { emulator } = session;
    const { id } = await session.create({ title: "First" });
    const list = { team: { key: { eq: "ENG" } } };
    expect(await found(list)).toEqual([]);
    expect(await found({ id: { in: [id] } })).toEqual(["ENG-1"]);
    expect(await found({ ...list, number: { in: [1, 2] } })).toEqual(["ENG-1"]);
    emulator.clock.advance(1_000);
    expect(await found(list)).toEqual(["ENG-1"]);
    emulator.people.edit("ENG-1", { title: "Second" });
    expect(await found({ title: { eq: "First" } })).toEqual(["ENG-1"]);
    emulator.clock.advance(1_000);
    expect(await found({ title: { eq: "First" } })).toEqual([]);
    emulator.people.remove("ENG-1");
    expect(await found(list)).toEqual(["ENG-1"]);
  });

  test("reads by id lag as well when switched on", async () => {
    const slow = await linearSession({ readLag: 3_000 });
    const { id } = await slow.create({});
    expect(await failure(slow.client.issue(id))).toMatchObject({ type: "InvalidInput" });
    slow.emulator.clock.advance(3_000);
    await slow.client.updateIssue(id, { title: "New" });
    expect((await slow.client.issue(id)).title).toBe("A ticket");
    slow.emulator.clock.advance(3_000);
    expect((await slow.client.issue(id)).title).toBe("New");
    await slow.emulator.close();
  });
});

describe("filters", () => {
  test("id, number, team, label, parent, state, times, attachments, and, or", async () => {
    const { emulator, stateId } = session;
    const label = String((await session.client.createIssueLabel({ name: "canon" })).issueLabelId);
    const parent = await session.create({ labelIds: [label] });
    await session.create({ parentId: parent.id, stateId: stateId("Done") });
    emulator.clock.advance(60_000);
    const since = emulator.clock.iso();
    await session.create({ description: "Alone" });
    await session.client.createAttachment({ issueId: "ENG-3", url: "canon://a", title: "A" });
    emulator.clock.advance(5_000);
    const cases: readonly (readonly [object, readonly string[]])[] = [
      [{ id: { in: [parent.id, randomUUID()] } }, ["ENG-1"]],
      [{ number: { in: [3, 1, 9] }, team: { key: { eq: "ENG" } } }, ["ENG-3", "ENG-1"]],
      [{ team: { name: { eqIgnoreCase: "operations" } } }, []],
      [{ labels: { name: { eq: "canon" } } }, ["ENG-1"]],
      [{ labels: { some: { name: { in: ["canon"] } } } }, ["ENG-1"]],
      [{ labels: { length: { eq: 0 } } }, ["ENG-3", "ENG-2"]],
      [{ parent: { id: { in: [parent.id] } } }, ["ENG-2"]],
      [{ parent: { null: true } }, ["ENG-3", "ENG-1"]],
      [{ children: { length: { gt: 0 } } }, ["ENG-1"]],
      [{ state: { type: { nin: ["completed", "canceled"] } } }, ["ENG-3", "ENG-1"]],
      [{ updatedAt: { gte: since } }, ["ENG-3"]],
      [{ createdAt: { lt: "-PT30S" } }, ["ENG-2", "ENG-1"]],
      [{ attachments: { url: { startsWith: "canon:" } } }, ["ENG-3"]],
      [{ description: { null: true } }, ["ENG-2", "ENG-1"]],
      [{ or: [{ number: { eq: 1 } }, { number: { eq: 2 } }], and: [{ parent: { null: false } }] }, ["ENG-2"]],
      [{ title: { containsIgnoreCase: "TICKET" }, priority: { lte: 0 } }, ["ENG-3", "ENG-2", "ENG-1"]],
    ];
    for (const [filter, keys] of cases) expect([filter, await found(filter)]).toEqual([filter, keys]);
    const latest = await session.raw("{ issues(orderBy: updatedAt, first: 1) { nodes { identifier } } }");
    expect(latest).toEqual({ issues: { nodes: [{ identifier: "ENG-3" }] } });
  });
});

describe("Robin Ito, in Linear's own interface", () => {
  test("history tells who changed what from what to what; of a description only that it changed", async () => {
    const { emulator } = session;
    await session.create({ title: "One" });
    emulator.people.edit("ENG-1", { title: "Two", body: "Text" });
    await session.client.updateIssue("ENG-1", { stateId: session.stateId("Done") });
    emulator.people.label("ENG-1", ["theirs"], []);
    emulator.people.archive("ENG-1");
    const data = await session.raw(
      '{ issue(id: "ENG-1") { history(first: 50) { nodes { actor { name } createdAt fromTitle toTitle updatedDescription descriptionUpdatedBy { name } fromState { name } toState { name } addedLabels { name } archived } } } }',
    );
    const { nodes } = given(given(data["issue"])["history"]);
    const entries = Array.isArray(nodes)
      ? nodes.map((node) => Object.fromEntries(Object.entries(given(node)).filter(([name, value]) => value !== null && name !== "createdAt")))
      : [];
    expect(entries).toEqual([
      { actor: { name: "Robin Ito" }, archived: true },
      { actor: { name: "Robin Ito" }, addedLabels: [{ name: "theirs" }] },
      { actor: { name: "Dana Agent" }, fromState: { name: "Backlog" }, toState: { name: "Done" } },
      { actor: { name: "Robin Ito" }, fromTitle: "One", toTitle: "Two", updatedDescription: true, descriptionUpdatedBy: [{ name: "Robin Ito" }] },
    ]);
    expect(emulator.requests.at(-1)?.operation).toBe("history");
  });

  test("another team: a new number, and the old key still leads to it", async () => {
    const { emulator } = session;
    const { id } = await session.create({});
    expect(emulator.people.transfer("ENG-1")).toBe("OPS-1");
    expect(await session.client.issue("ENG-1")).toMatchObject({ id, identifier: "OPS-1", previousIdentifiers: ["ENG-1"] });
    expect(await found({ number: { eq: 1 }, team: { key: { eq: "ENG" } } })).toEqual([]);
    expect(emulator.people.keys()).toEqual([]);
    expect((await session.create({})).key).toBe("ENG-2");
  });

  test("a copy brings attachments along, with their metadata", async () => {
    const { emulator } = session;
    await session.create({ description: "Text" });
    await session.client.createAttachment({ issueId: "ENG-1", url: "canon://a", title: "A", metadata: { token: "t" } });
    expect(emulator.people.show(emulator.people.duplicate("ENG-1"))).toMatchObject({ key: "ENG-2", title: "A ticket", body: "Text", links: ["canon://a"] });
    emulator.clock.advance(5_000);
    expect((await session.client.attachmentsForURL("canon://a")).nodes.map(({ metadata }) => metadata)).toEqual([{ token: "t" }, { token: "t" }]);
  });

  test("what is hidden or gone answers alike, and lists leave it out", async () => {
    const { emulator } = session;
    await session.create({});
    await session.create({});
    emulator.people.hide("ENG-1", true);
    emulator.people.remove("ENG-2");
    emulator.clock.advance(5_000);
    expect(await found({}, true)).toEqual([]);
    for (const key of ["ENG-1", "ENG-2"])
      expect(await failure(session.client.issue(key))).toMatchObject({ message: "Entity not found: Issue - Could not find referenced Issue." });
    expect(await failure(session.client.updateIssue("ENG-1", { title: "x" }))).toMatchObject({ type: "InvalidInput" });
    emulator.people.hide("ENG-1", false);
    expect((await session.client.issue("ENG-1")).title).toBe("A ticket");
  });

  test("a whole ticket as people see it", async () => {
    const { people } = session.emulator;
    people.create({ title: "Parent" });
    const key = people.create({ title: "Child", body: "- [x] done", parent: "ENG-1", status: "In Progress", labels: ["api"] });
    people.comment(key, "Why?");
    expect(people.move(key, "Canceled")).toBe("ENG-2");
    expect(people.show(key)).toEqual({
      key: "ENG-2",
      title: "Child",
      body: "* [X] done",
      type: null,
      status: "Canceled",
      parent: "ENG-1",
      labels: ["api"],
      comments: ["Why?"],
      links: [],
    });
    expect(await session.client.issue(key)).toMatchObject({ canceledAt: expect.any(Date), completedAt: undefined });
  });
});
