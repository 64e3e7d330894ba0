/** What FACTS.md says of Jira Data Center 10, asked of the emulator by plain HTTP: its client library knows the Cloud only. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import { adf, basic, fieldsOf, openJira } from "./open-jira.ts";
import type { OpenJira } from "./open-jira.ts";

const FLAVOUR = { flavour: "data-center" } as const;

async function fieldId({ call }: OpenJira, name: string): Promise<string> {
  const fields = asList((await call("GET", "/field")).list).map(asObject);
  return String(fields.find((field) => field["name"] === name)?.["id"]);
}

describe("REST v2, wiki markup bodies, PAT as Bearer or Basic", () => {
  it("takes a PAT as Bearer, and a name with a password, and nothing else", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    expect(emulator.credentials["JIRA_EMAIL"]).toBeUndefined();
    expect((await call("GET", "/myself")).body).toMatchObject({ displayName: "Dana Agent", name: "dana" });
    expect((await call("GET", "/myself", undefined, { authorization: basic("dana", "a-password") })).status).toBe(200);
    for (const authorization of ["", "Bearer wrong", basic("dana", "wrong"), basic("dana@acme.example", emulator.tokens.good)]) {
      expect((await call("GET", "/myself", undefined, { authorization })).status).toBe(401);
    }
    const narrow = { authorization: `Bearer ${emulator.tokens.narrow}` };
    expect((await call("POST", "/issue", fieldsOf("x"), narrow)).status).toBe(403);
    expect((await call("GET", "/serverInfo")).body).toMatchObject({ deploymentType: "Server", versionNumbers: [10, 3, 24] });
  });

  it("keeps wiki markup, trimmed, and refuses ADF", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    await call("POST", "/issue", fieldsOf("One", { description: "h2. Title\n\n* one  \n" }));
    expect(asObject((await call("GET", "/issue/PAY-1")).body["fields"])["description"]).toBe("h2. Title\n\n* one");
    expect((await call("POST", "/issue", fieldsOf("Two", { description: adf("x") }))).status).toBe(400);
    expect((await call("POST", "/issue", fieldsOf("Two", { description: "x".repeat(32_768) }))).status).toBe(400);
    // A form in a browser sends CRLF.
    emulator.people.edit("PAY-1", { body: "a\nb " });
    expect(asObject((await call("GET", "/issue/PAY-1")).body["fields"])["description"]).toBe("a\r\nb");
  });

  it("has no v3", async () => {
    const { call } = await openJira({ ...FLAVOUR, judged: false });
    for (const path of ["/issue/bulkfetch", "/search/jql", "/changelog/bulkfetch"])
      expect((await call("POST", path, { issueIdsOrKeys: ["PAY-1"] })).status).toBe(404);
  });
});

describe("Bulk create exists, bulkfetch does not", () => {
  it("bulk create answers failures by element number, and carries a transition out without a word", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    const { status, body } = await call("POST", "/issue/bulk", {
      issueUpdates: [fieldsOf(" "), { ...fieldsOf("One"), transition: { id: "21" }, properties: [{ key: "canon", value: { token: "t" } }] }],
    });
    expect([status, body]).toMatchObject([201, { issues: [{ key: "PAY-1" }], errors: [{ failedElementNumber: 0, status: 400 }] }]);
    expect(emulator.people.show("PAY-1").status).toBe("In Progress");
    expect((await call("GET", "/issue/PAY-1/properties/canon")).body).toEqual({ key: "canon", value: { token: "t" } });
    expect(asObject((await call("GET", "/issue/PAY-1?properties=canon")).body["properties"])).toEqual({ canon: { token: "t" } });
  });

  it("PUT adds and removes labels", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    const key = emulator.people.create({ title: "One", labels: ["theirs", "old"] });
    expect((await call("PUT", `/issue/${key}`, { update: { labels: [{ add: "new" }, { remove: "old" }] } })).status).toBe(204);
    expect(emulator.people.show(key).labels).toEqual(["theirs", "new"]);
  });

  it("PUT answers 204 and nothing else", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    emulator.people.create({ title: "One" });
    const put = await call("PUT", "/issue/PAY-1", { fields: { summary: "Two" }, properties: [{ key: "canon", value: 1 }] });
    expect([put.status, put.text]).toEqual([204, ""]);
    expect((await call("POST", "/issue/PAY-1/transitions", { transition: { id: "51" } })).status).toBe(204);
    expect(emulator.people.show("PAY-1")).toMatchObject({ title: "Two", status: "Done" });
  });
});

describe("Epic Link and Epic Name: their ids through /field", () => {
  it("an epic needs its name, a story stands below it by Epic Link, a sub-task by parent", async () => {
    const open = await openJira(FLAVOUR);
    const { call, emulator } = open;
    const [link, name] = [await fieldId(open, "Epic Link"), await fieldId(open, "Epic Name")];
    expect([link, name]).not.toContain("customfield_10014");
    const make = async (type: string, given: Readonly<Record<string, unknown>>): Promise<number> =>
      (await call("POST", "/issue", fieldsOf(`A ${type}`, { issuetype: { name: type }, ...given }))).status;
    expect(await make("Epic", {})).toBe(400);
    expect(await make("Epic", { [name]: "Payments" })).toBe(201);
    expect(await make("Story", { parent: { key: "PAY-1" } })).toBe(400);
    expect(await make("Story", { [link]: "PAY-1" })).toBe(201);
    expect(await make("Story", { [link]: "PAY-2" })).toBe(400);
    expect(await make("Sub-task", { parent: { key: "PAY-2" } })).toBe(201);
    const story = asObject((await call("GET", "/issue/PAY-2")).body["fields"]);
    expect([story[link], story["parent"]]).toEqual(["PAY-1", undefined]);
    expect(asObject((await call("GET", "/issue/PAY-3")).body["fields"])["parent"]).toMatchObject({ key: "PAY-2" });
    expect((await call("PUT", "/issue/PAY-2", { fields: { [link]: null } })).status).toBe(204);
    expect(emulator.people.show("PAY-2").parent).toBeNull();
    expect((await call("PUT", "/issue/PAY-3", { fields: { parent: { key: "PAY-2" } } })).status).toBe(400);
    expect(await find(open, `"Epic Link" = PAY-1`)).toEqual([]);
    expect((await call("PUT", "/issue/PAY-2", { fields: { [link]: "PAY-1" } })).status).toBe(204);
    emulator.clock.advance(5_000);
    expect(await find(open, `"Epic Link" = PAY-1`)).toEqual(["PAY-2"]);
    expect(await find(open, `cf[${link.replace("customfield_", "")}] in (PAY-1)`)).toEqual(["PAY-2"]);
    expect(await find(open, "parent in (PAY-1, PAY-2)")).toEqual(["PAY-3"]);
  });

  it("createmeta pages values", async () => {
    const { call } = await openJira({ ...FLAVOUR, requiredFields: ["components"] });
    const types = await call("GET", "/issue/createmeta/PAY/issuetypes");
    expect(types.body).toMatchObject({ total: 5, isLast: true });
    const epic = asList(types.body["values"])
      .map(asObject)
      .find((type) => type["name"] === "Epic");
    expect(epic).not.toHaveProperty("hierarchyLevel");
    const fields = asList((await call("GET", `/issue/createmeta/PAY/issuetypes/${String(epic?.["id"])}`)).body["values"]).map(asObject);
    expect(fields.filter((field) => field["required"] === true).map((field) => field["name"])).toEqual([
      "Summary",
      "Issue Type",
      "Project",
      "Component/s",
      "Epic Name",
    ]);
    expect(asList((await call("GET", "/project/PAY/statuses")).list)).toHaveLength(5);
    expect(asObject((await call("GET", "/mypermissions?projectKey=PAY")).body["permissions"])["CREATE_ISSUES"]).toMatchObject({ havePermission: true });
    expect((await call("GET", "/project/PAY")).body).toMatchObject({ key: "PAY", name: "Payments" });
  });
});

describe("reads", () => {
  it("page by JQL on keys, with startAt and total; properties are not among them", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    for (let n = 1; n <= 5; n += 1) emulator.people.create({ title: `T${n}` });
    emulator.clock.advance(5_000);
    const page = await call("POST", "/search", { jql: "key in (PAY-1,PAY-2,PAY-3,PAY-4) ORDER BY key", startAt: 2, maxResults: 2, fields: ["summary"] });
    expect(page.body).toMatchObject({ startAt: 2, maxResults: 2, total: 4, issues: [{ key: "PAY-3" }, { key: "PAY-4" }] });
    expect((await call("POST", "/search", { jql: "", maxResults: 5_000 })).body).toMatchObject({ total: 5, maxResults: 1_000 });
    const get = await call("GET", `/search?jql=${encodeURIComponent("project = PAY ORDER BY key")}&maxResults=1&fields=summary`);
    expect(get.body).toMatchObject({ total: 5, issues: [{ key: "PAY-1", fields: { summary: "T1" } }] });
  });

  it("validateQuery=false overlooks keys that nobody has, and warns", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    emulator.people.create({ title: "One" });
    emulator.clock.advance(5_000);
    const jql = "key in (PAY-1, PAY-99)";
    expect((await call("POST", "/search", { jql })).status).toBe(400);
    const { body } = await call("POST", "/search", { jql, validateQuery: false });
    expect([asList(body["issues"]).length, body["warningMessages"]]).toEqual([1, ["An issue with key 'PAY-99' does not exist for field 'key'."]]);
  });

  it("a part is told by a warning", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    for (const title of ["One", "Two"]) emulator.people.create({ title });
    emulator.clock.advance(5_000);
    emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const { body } = await call("POST", "/search", { jql: "project = PAY" });
    expect([asList(body["issues"]).length, body["total"], asList(body["warningMessages"]).length]).toEqual([1, 1, 1]);
  });

  it("history comes with the ticket, by expand=changelog", async () => {
    const { call, emulator } = await openJira(FLAVOUR);
    const epic = emulator.people.create({ title: "Epic", type: "Epic" });
    const key = emulator.people.create({ title: "One", type: "Story" });
    emulator.people.edit(key, { title: "Two", body: "Text.", parent: epic });
    const { histories } = asObject((await call("GET", `/issue/${key}?expand=changelog`)).body["changelog"]);
    const [change] = asList(histories).map(asObject);
    expect(change).toMatchObject({
      author: { displayName: "Robin Ito" },
      items: [
        { field: "summary", fromString: "One", toString: "Two" },
        { field: "description", fromString: null, toString: "Text." },
        { field: "Epic Link", fieldtype: "custom", toString: epic },
      ],
    });
    expect(emulator.requests.at(-1)).toMatchObject({ operation: "history" });
    emulator.clock.advance(5_000);
    const found = await call("POST", "/search", { jql: `key = ${key}`, expand: ["changelog"] });
    expect(asList(found.body["issues"])).toMatchObject([{ changelog: { total: 1 } }]);
  });
});

it("comments and remote links are as in the Cloud, in wiki markup", async () => {
  const { call, emulator } = await openJira(FLAVOUR);
  const key = emulator.people.create({ title: "One" });
  const made = await call("POST", `/issue/${key}/comment`, { body: "*Merged.*", properties: [{ key: "canon.note", value: "n" }] });
  expect(made.status).toBe(201);
  expect((await call("GET", `/comment/${String(made.body["id"])}/properties/canon.note`)).body["value"]).toBe("n");
  for (const _again of [1, 2])
    expect((await call("POST", `/issue/${key}/remotelink`, { globalId: "g", object: { url: "https://a.dev", title: "x" } })).status).toBe(200);
  expect(asList((await call("GET", `/issue/${key}/remotelink`)).list)).toHaveLength(1);
  expect(emulator.people.show(key)).toMatchObject({ comments: ["*Merged.*"], links: ["https://a.dev"] });
});

it("has no rate limits unless told", async () => {
  const { call } = await openJira(FLAVOUR);
  expect((await call("GET", "/myself")).headers.get("x-ratelimit-limit")).toBeNull();
});

async function find({ call }: OpenJira, jql: string): Promise<readonly unknown[]> {
  const { body } = await call("POST", "/search", { jql: `${jql} ORDER BY key` });
  return asList(body["issues"]).map((one) => asObject(one)["key"]);
}
