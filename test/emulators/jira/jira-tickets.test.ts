/** What FACTS.md says of Jira Cloud's tickets: types, hierarchy, required fields, properties, comments and links. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import { adf, fieldsOf, openJira } from "./open-jira.ts";
import type { OpenJira } from "./open-jira.ts";

async function make(
  { call }: OpenJira,
  type: string,
  parent: string | null = null,
  given: Readonly<Record<string, unknown>> = {},
): Promise<readonly [number, string, unknown]> {
  const fields = { issuetype: { name: type }, ...(parent === null ? {} : { parent: { key: parent } }), ...given };
  const { status, body } = await call("POST", "/issue", fieldsOf(`A ${type}`, fields));
  return [status, String(body["key"]), body["errors"]];
}

describe("Types: createmeta/{project}/issuetypes[/{id}]", () => {
  it("tells types with their levels, and what each needs", async () => {
    for (const [style, subTask, ownIds] of [
      ["company", "Sub-task", false],
      ["team", "Subtask", true],
    ] as const) {
      const { jira } = await openJira({ style, requiredFields: ["team", "components"] });
      const { issueTypes = [] } = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: "PAY" });
      expect(issueTypes.map(({ name, hierarchyLevel, subtask }) => [name, hierarchyLevel, subtask])).toEqual([
        ["Epic", 1, false],
        ["Story", 0, false],
        ["Task", 0, false],
        ["Bug", 0, false],
        [subTask, -1, true],
      ]);
      const other = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: "OPS" });
      expect(other.issueTypes?.[0]?.id !== issueTypes[0]?.id).toBe(ownIds);
      const { fields = [] } = await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: "PAY", issueTypeId: issueTypes[1]?.id ?? "" });
      expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(["Summary", "Issue Type", "Project", "Component/s", "Team Name"]);
    }
  });

  it("statuses of the project are told without administrator's rights", async () => {
    const { jira } = await openJira();
    const [first] = await jira.projects.getAllStatuses({ projectIdOrKey: "PAY" });
    expect(first?.statuses.map(({ name, statusCategory }) => [name, statusCategory?.key])).toEqual([
      ["To Do", "new"],
      ["In Progress", "indeterminate"],
      ["In Review", "indeterminate"],
      ["Blocked", "indeterminate"],
      ["Done", "done"],
      ["Won't Do", "done"],
    ]);
  });
});

describe("Hierarchy", () => {
  it("parent:{key} serves Epic→Story and Story→Sub-task in both project styles", async () => {
    for (const style of ["company", "team"] as const) {
      const open = await openJira({ style });
      const [, epic] = await make(open, "Epic");
      const [, story] = await make(open, "Story", epic);
      expect(await make(open, style === "team" ? "Subtask" : "Sub-task", story)).toEqual([201, "PAY-3", undefined]);
      expect(open.emulator.people.show(story).parent).toBe(epic);
    }
  });

  it("a sub-task needs a subtask type and its parent's project, and nothing stands below its own level", async () => {
    const open = await openJira();
    const [, epic] = await make(open, "Epic");
    const [, story] = await make(open, "Story");
    const there = open.emulator.people.transfer(open.emulator.people.create({ title: "Elsewhere", type: "Story" }));
    for (const [type, parent] of [
      ["Sub-task", null],
      ["Sub-task", epic],
      ["Story", story],
      ["Epic", epic],
      ["Sub-task", there],
      ["Story", "NONE-1"],
    ] as const) {
      expect((await make(open, type, parent))[0]).toBe(400);
    }
    // Epics may have children anywhere.
    const elsewhere = await open.call("POST", "/issue", fieldsOf("Far", { project: { key: "OPS" }, issuetype: { name: "Story" }, parent: { key: epic } }));
    expect(elsewhere.status).toBe(201);
  });

  it("a parent is changed and taken away by an edit, but a sub-task keeps one, and no edit changes the level of a type", async () => {
    const open = await openJira();
    const [, one] = await make(open, "Epic");
    const [, two] = await make(open, "Epic");
    const [, story] = await make(open, "Story", one);
    const [, low] = await make(open, "Sub-task", story);
    const edit = async (key: string, fields: Readonly<Record<string, unknown>>): Promise<number> =>
      (await open.call("PUT", `/issue/${key}`, { fields })).status;
    expect([await edit(story, { parent: { key: two } }), open.emulator.people.show(story).parent]).toEqual([204, two]);
    expect([await edit(story, { parent: null }), open.emulator.people.show(story).parent]).toEqual([204, null]);
    expect([await edit(low, { parent: null }), open.emulator.people.show(low).parent]).toEqual([400, story]);
    expect([await edit(story, { issuetype: { name: "Bug" } }), open.emulator.people.show(story).type]).toEqual([204, "Bug"]);
    expect([await edit(story, { issuetype: { name: "Epic" } }), open.emulator.people.show(story).type]).toEqual([400, "Bug"]);
  });
});

it("Old company-managed projects may demand Epic Name", async () => {
  const open = await openJira({ epicName: true });
  const name = (await open.jira.issueFields.getFields()).find((field) => field.name === "Epic Name")?.id ?? "";
  expect(await make(open, "Epic")).toMatchObject([400, "undefined", { [name]: "Epic Name is required." }]);
  expect((await make(open, "Epic", null, { [name]: "Payments" }))[0]).toBe(201);
  expect((await make(open, "Story", null, { [name]: "No epic" }))[0]).toBe(400);
});

it("Epic Link (a custom field) is deprecated in the Cloud, serves company-managed projects, and no others", async () => {
  for (const [style, status] of [
    ["company", 201],
    ["team", 400],
  ] as const) {
    const open = await openJira({ style });
    const [, epic] = await make(open, "Epic");
    const fields = await open.jira.issueFields.getFields();
    expect(fields.some((field) => field.name === "Epic Link")).toBe(style === "company");
    expect((await make(open, "Story", null, { customfield_10014: epic }))[0]).toBe(status);
  }
});

it("Required custom fields make a create fail, each by its id", async () => {
  const open = await openJira({ requiredFields: ["components", "team"] });
  const team = (await open.jira.issueFields.getFields()).find((field) => field.name === "Team Name")?.id ?? "";
  expect(await make(open, "Story")).toMatchObject([400, "undefined", { components: "Component/s is required.", [team]: "Team Name is required." }]);
  expect((await make(open, "Story", null, { components: [{ name: "Nothing" }], [team]: "Blue" }))[0]).toBe(400);
  expect((await make(open, "Story", null, { components: [{ name: "Payments" }], [team]: "Blue" }))[0]).toBe(201);
});

describe("Entity properties", () => {
  it("hold 32,768 characters", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One" });
    const path = `/issue/${key}/properties/canon`;
    expect((await call("PUT", path, "x".repeat(32_766))).status).toBe(201);
    expect((await call("PUT", path, "x".repeat(32_766))).status).toBe(200);
    expect((await call("PUT", path, "x".repeat(32_767))).status).toBe(400);
    const made = await call("POST", "/issue", { ...fieldsOf("Two"), properties: [{ key: "canon", value: "x".repeat(32_767) }] });
    expect(made.status).toBe(400);
  });

  it("are read, listed and removed one by one, and leave history and the time of update alone", async () => {
    const { jira, call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One" });
    const before = asObject((await call("GET", `/issue/${key}?fields=updated`)).body["fields"]);
    emulator.clock.advance(1_000);
    const property = { issueIdOrKey: key, propertyKey: "canon" };
    await jira.issueProperties.setIssueProperty({ ...property, body: { a: 1 } });
    expect((await jira.issueProperties.getIssueProperty(property)).value).toEqual({ a: 1 });
    expect(asList((await call("GET", `/issue/${key}/properties`)).body["keys"])).toMatchObject([{ key: "canon" }]);
    expect((await call("GET", `/issue/${key}?fields=updated&properties=canon`)).body).toMatchObject({ fields: before, properties: { canon: { a: 1 } } });
    expect((await jira.issues.getChangeLogs({ issueIdOrKey: key })).values).toEqual([]);
    await jira.issueProperties.deleteIssueProperty(property);
    expect((await call("GET", `/issue/${key}/properties/canon`)).status).toBe(404);
  });

  it("[M] in a PUT of their own they move the time of update, unless told otherwise", async () => {
    for (const propertiesTouch of [true, false]) {
      const { call, emulator } = await openJira({ propertiesTouch });
      const key = emulator.people.create({ title: "One" });
      const updated = async (): Promise<unknown> => asObject((await call("GET", `/issue/${key}`)).body["fields"])["updated"];
      const before = await updated();
      emulator.clock.advance(1_000);
      await call("PUT", `/issue/${key}`, { properties: [{ key: "canon", value: 1 }] });
      expect((await updated()) === before).toBe(!propertiesTouch);
    }
  });

  it("are searchable by JQL only where an installed app indexes them", async () => {
    const { call, emulator } = await openJira();
    emulator.people.create({ title: "One" });
    expect((await call("POST", "/search/jql", { jql: 'issue.property["canon"].token = "t"' })).status).toBe(400);
  });

  it("are copied when a person clones a ticket", async () => {
    const { call, emulator } = await openJira();
    await call("POST", "/issue", { ...fieldsOf("One", { labels: ["canon"] }), properties: [{ key: "canon", value: "token" }] });
    const copy = emulator.people.duplicate("PAY-1");
    expect((await call("GET", `/issue/${copy}?fields=labels,summary,creator&properties=canon`)).body).toMatchObject({
      id: "10002",
      fields: { summary: "CLONE - One", labels: ["canon"], creator: { displayName: emulator.people.name } },
      properties: { canon: "token" },
    });
  });
});

describe("Comments have no idempotency: put a property on the comment", () => {
  it("the same comment twice is two, told apart by property", async () => {
    const { jira, call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One" });
    emulator.people.comment(key, "Looks good");
    const body = { body: adf("Merged."), properties: [{ key: "canon.note", value: "n1" }] };
    const ids = [(await call("POST", `/issue/${key}/comment`, body)).body["id"], (await call("POST", `/issue/${key}/comment`, body)).body["id"]];
    const { comments = [] } = await jira.issueComments.getComments({ issueIdOrKey: key });
    expect(comments.map(({ author }) => author?.displayName)).toEqual(["Robin Ito", "Dana Agent", "Dana Agent"]);
    expect((await call("GET", `/comment/${String(ids[0])}/properties/canon.note`)).body).toEqual({ key: "canon.note", value: "n1" });
    const listed = await call("POST", "/comment/list?expand=properties", { ids: comments.map(({ id }) => Number(id)) });
    expect(asList(listed.body["values"]).map((one) => asObject(one)["properties"])).toEqual([[], ...ids.map(() => body.properties)]);
    expect(emulator.people.show(key).comments).toEqual(["Looks good", "Merged.", "Merged."]);
  });

  it("5,000 comments and 2,000 remote links per issue", async () => {
    const { call, emulator } = await openJira({ maxComments: 2, maxLinks: 1 });
    const key = emulator.people.create({ title: "One" });
    const comment = async (): Promise<number> => (await call("POST", `/issue/${key}/comment`, { body: adf("x") })).status;
    expect([await comment(), await comment(), await comment()]).toEqual([201, 201, 400]);
    const link = async (url: string): Promise<number> =>
      (await call("POST", `/issue/${key}/remotelink`, { globalId: url, object: { url, title: "x" } })).status;
    expect([await link("https://a.dev/1"), await link("https://a.dev/1"), await link("https://a.dev/2")]).toEqual([201, 200, 400]);
  });
});

it("Remote link POST with globalId (≤255) is an upsert", async () => {
  const { call, jira, emulator } = await openJira();
  const key = emulator.people.create({ title: "One" });
  const put = async (title: string, globalId?: string): Promise<readonly [number, unknown]> => {
    const { status, body } = await call("POST", `/issue/${key}/remotelink`, {
      ...(globalId === undefined ? {} : { globalId }),
      object: { url: "https://a.dev/1", title },
    });
    return [status, body["id"]];
  };
  const [made, id] = await put("First", "g");
  expect([made, await put("Second", "g")]).toEqual([201, [200, id]]);
  expect(asObject((await call("GET", `/issue/${key}/remotelink?globalId=g`)).body["object"])["title"]).toBe("Second");
  await put("Third");
  await put("Fourth");
  expect(emulator.people.show(key).links).toHaveLength(3);
  expect((await put("Long", "g".repeat(256)))[0]).toBe(400);
  const { values } = await jira.issues.getChangeLogs({ issueIdOrKey: key });
  expect(values.map(({ items }) => items?.[0]?.field)).toEqual(["RemoteIssueLink", "RemoteIssueLink", "RemoteIssueLink"]);
});

it("Webhooks: only for OAuth and Connect apps; a token CLI must poll", async () => {
  const { call } = await openJira();
  const answer = await call("POST", "/webhook", { url: "https://a.dev/hook", webhooks: [{ events: ["jira:issue_updated"], jqlFilter: "project = PAY" }] });
  expect(answer.status).toBe(403);
});
