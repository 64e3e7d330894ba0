/** What FACTS.md says of Jira Cloud's requests, line by line, asked of the emulator by the vendor's client. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import { adf, basic, fieldsOf, openJira } from "./open-jira.ts";

const STRANGER = "Client must be authenticated to access this resource.";

describe("Auth: Basic email:token for a CLI", () => {
  it("tells who the token belongs to", async () => {
    const { jira, emulator } = await openJira();
    expect(await jira.myself.getCurrentUser()).toMatchObject({ displayName: emulator.account, timeZone: "America/New_York" });
  });

  it("never lets in a missing, wrong or expired token, nor one of another person, and answers no JSON then", async () => {
    const { emulator, call } = await openJira();
    const { JIRA_EMAIL: email = "" } = emulator.credentials;
    const tokens = ["", "Bearer x", basic(email, "wrong"), basic(email, emulator.tokens.expired), basic("eve@acme.example", emulator.tokens.good)];
    for (const authorization of tokens) {
      for (const path of ["/myself", "/issue/PAY-1"]) {
        const answer = await call("GET", path, undefined, { authorization });
        expect([answer.status, answer.text, answer.headers.get("content-type")]).toEqual([401, STRANGER, "text/html;charset=UTF-8"]);
      }
    }
  });

  it("turns a token without the scope away from writes, in the gateway's own form", async () => {
    const { emulator, call } = await openJira();
    const authorization = basic(emulator.credentials["JIRA_EMAIL"] ?? "", emulator.tokens.narrow);
    expect((await call("GET", "/myself", undefined, { authorization })).status).toBe(200);
    const refused = await call("POST", "/issue", fieldsOf("One"), { authorization });
    expect([refused.status, refused.body]).toEqual([401, { code: 401, message: "Unauthorized; scope does not match" }]);
    expect(emulator.people.keys()).toEqual([]);
  });
});

describe("POST /rest/api/3/issue/bulk", () => {
  it("takes at most 50", async () => {
    const { jira, call, emulator } = await openJira();
    const batch = (size: number): { issueUpdates: ReturnType<typeof fieldsOf>[] } => ({
      issueUpdates: Array.from({ length: size }, (_, n) => fieldsOf(`T${n}`)),
    });
    expect((await jira.issues.createIssues(batch(50))).issues).toHaveLength(50);
    expect((await call("POST", "/issue/bulk", batch(51))).status).toBe(400);
    expect(emulator.people.keys()).toHaveLength(50);
  });

  it("answers 201 if ANY item succeeded, with failures by element number, and 400 only if all failed", async () => {
    const { call, emulator } = await openJira();
    const bad = fieldsOf("Bad", { issuetype: { name: "Nope" } });
    const some = await call("POST", "/issue/bulk", { issueUpdates: [bad, fieldsOf("Good"), fieldsOf(" ")] });
    expect(some.status).toBe(201);
    expect(asList(some.body["issues"])).toMatchObject([{ key: "PAY-1" }]);
    expect(asList(some.body["errors"])).toMatchObject([
      { failedElementNumber: 0, status: 400, elementErrors: { errors: { issuetype: "Specify a valid issue type" } } },
      { failedElementNumber: 2, status: 400, elementErrors: { errors: { summary: "You must specify a summary of the issue." } } },
    ]);
    const none = await call("POST", "/issue/bulk", { issueUpdates: [bad, bad] });
    expect([none.status, none.body["issues"], asList(none.body["errors"]).length]).toEqual([400, [], 2]);
    // What failed spent no key.
    expect((await call("POST", "/issue", fieldsOf("Next"))).body["key"]).toBe("PAY-2");
    expect(emulator.people.keys()).toEqual(["PAY-1", "PAY-2"]);
  });

  it("carries fields, update, transition and properties together: create, status and property are ONE request", async () => {
    const { jira } = await openJira();
    const { issues } = await jira.issues.createIssues({
      issueUpdates: [
        {
          ...fieldsOf("All in one", { description: adf("Text.") }),
          update: { labels: [{ add: "canon" }] },
          transition: { id: "21" },
          properties: [{ key: "canon", value: { token: "t" } }],
        },
      ],
    });
    expect(issues).toMatchObject([{ key: "PAY-1", transition: { status: 200 } }]);
    const [ticket] = (await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ["PAY-1"], fields: ["status", "labels"], properties: ["canon"] })).issues ?? [];
    expect(ticket).toMatchObject({ fields: { status: { name: "In Progress" }, labels: ["canon"] }, properties: { canon: { token: "t" } } });
  });

  it("creates the ticket also when its transition is not possible, and says so beside it", async () => {
    const { call, emulator } = await openJira({ workflow: "strict" });
    const made = await call("POST", "/issue/bulk", { issueUpdates: [{ ...fieldsOf("Stays"), transition: { id: "51" } }] });
    expect(made.status).toBe(201);
    expect(asList(made.body["issues"])).toMatchObject([{ key: "PAY-1", transition: { status: 400 } }]);
    expect(emulator.people.show("PAY-1").status).toBe("To Do");
  });
});

describe("POST /issue/bulkfetch", () => {
  it("takes at most 100 tickets and 5 properties", async () => {
    const { jira, call } = await openJira();
    const keys = Array.from({ length: 101 }, (_, n) => `PAY-${n + 1}`);
    expect((await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: keys })).status).toBe(400);
    expect((await jira.issues.bulkFetchIssues({ issueIdsOrKeys: keys.slice(1) })).issueErrors).toHaveLength(100);
    expect((await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: ["PAY-1"], properties: ["a", "b", "c", "d", "e", "f"] })).status).toBe(400);
  });

  it("answers an error for each that it cannot read, the others in the order of their ids, each once", async () => {
    const { jira, emulator } = await openJira();
    const keys = ["One", "Two", "Three"].map((title) => emulator.people.create({ title }));
    emulator.people.hide("PAY-3", true);
    const { issues = [], issueErrors } = await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ["pay-2", "PAY-9", ...keys, "PAY-2"], fields: ["summary"] });
    expect(issues.map(({ key }) => key)).toEqual(["PAY-1", "PAY-2"]);
    // A hidden key and a missing key answer alike.
    expect(issueErrors?.map(({ id, errorMessage }) => [id, errorMessage])).toEqual([
      ["PAY-9", "Issue does not exist or you do not have permission to see it."],
      ["PAY-3", "Issue does not exist or you do not have permission to see it."],
    ]);
  });

  it("follows moved keys", async () => {
    const { jira, emulator } = await openJira();
    const [key, child] = [emulator.people.create({ title: "Moves", type: "Epic" }), emulator.people.create({ title: "Stays", parent: "PAY-1" })];
    const id = (await jira.issues.getIssue({ issueIdOrKey: key })).id;
    expect(emulator.people.transfer(key)).toBe("OPS-1");
    const { issues, issueErrors } = await jira.issues.bulkFetchIssues({ issueIdsOrKeys: [key], fields: ["summary"] });
    expect([issues, issueErrors]).toMatchObject([[{ id, key: "OPS-1" }], []]);
    expect((await jira.issues.getIssue({ issueIdOrKey: child })).fields).toMatchObject({ parent: { key: "OPS-1" } });
    await jira.issues.editIssue({ issueIdOrKey: key, fields: { summary: "By its old key" } });
    expect(emulator.people.show("OPS-1").title).toBe("By its old key");
    // The key is never given again.
    expect(emulator.people.create({ title: "Next" })).toBe("PAY-3");
  });
});

describe("POST /search/jql", () => {
  it("needs bounded JQL", async () => {
    const { call } = await openJira();
    for (const jql of ["", "ORDER BY key"]) {
      const answer = await call("POST", "/search/jql", { jql });
      expect([answer.status, answer.body["errorMessages"]]).toEqual([
        400,
        ["Unbounded JQL queries are not allowed here. Please add a search restriction to your query."],
      ]);
    }
  });

  it("returns only ids by default, pages by nextPageToken until isLast, and knows no total", async () => {
    const { call, emulator } = await openJira();
    for (let n = 0; n < 5; n += 1) emulator.people.create({ title: `T${n}` });
    emulator.clock.advance(5_000);
    const seen: unknown[] = [];
    let nextPageToken: unknown;
    for (let pages = 1; ; pages += 1) {
      const { body } = await call("POST", "/search/jql", {
        jql: "project = PAY ORDER BY key",
        maxResults: 2,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      });
      expect(body).not.toHaveProperty("total");
      for (const found of asList(body["issues"])) {
        expect(Object.keys(asObject(found))).toEqual(["id"]);
        seen.push(asObject(found)["id"]);
      }
      nextPageToken = body["nextPageToken"];
      expect(body["isLast"]).toBe(nextPageToken === undefined);
      if (body["isLast"] === true) {
        expect(pages).toBe(3);
        break;
      }
    }
    expect(seen).toEqual(["10001", "10002", "10003", "10004", "10005"]);
    expect((await call("POST", "/search/jql", { jql: "project = OPS", nextPageToken: "rubbish" })).status).toBe(400);
  });

  it("answers at most 100 with fields, and 5,000 with ids alone", async () => {
    const { jira, emulator } = await openJira();
    for (let n = 0; n < 120; n += 1) emulator.people.create({ title: `T${n}` });
    emulator.clock.advance(5_000);
    const jql = "project = PAY";
    const search = jira.issueSearch.searchAndReconsileIssuesUsingJqlPost;
    expect((await search({ jql, maxResults: 5_000, fields: ["summary"] })).issues).toHaveLength(100);
    expect((await search({ jql, maxResults: 5_000 })).issues).toHaveLength(120);
  });

  it("lags behind writes, except for the ids that are to be reconciled", async () => {
    const { jira, emulator } = await openJira();
    emulator.people.create({ title: "New", labels: ["canon"] });
    const search = jira.issueSearch.searchAndReconsileIssuesUsingJqlPost;
    expect((await search({ jql: "labels = canon" })).issues).toEqual([]);
    expect((await search({ jql: "labels = canon", reconcileIssues: [10_001] })).issues).toHaveLength(1);
    emulator.clock.advance(2_000);
    expect((await search({ jql: "labels = canon" })).issues).toHaveLength(1);
    emulator.people.label("PAY-1", [], ["canon"]);
    expect((await search({ jql: "labels = canon", fields: ["labels"] })).issues).toMatchObject([{ fields: { labels: ["canon"] } }]);
  });
});

it("The old /search is gone (410)", async () => {
  const { call } = await openJira();
  expect((await call("POST", "/search", { jql: "project = PAY" })).status).toBe(410);
  expect((await call("GET", "/search?jql=project%20%3D%20PAY")).status).toBe(410);
});

describe("PUT /issue/{key}", () => {
  it("ignores transitions", async () => {
    const { jira, emulator } = await openJira();
    const key = emulator.people.create({ title: "Stays" });
    await jira.issues.editIssue({ issueIdOrKey: key, fields: { summary: "Edited" }, transition: { id: "51" } });
    expect(emulator.people.show(key)).toMatchObject({ title: "Edited", status: "To Do" });
  });

  it("answers 204, or the ticket with returnIssue=true", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One" });
    const silent = await call("PUT", `/issue/${key}`, { fields: { summary: "Two" } });
    expect([silent.status, silent.text]).toEqual([204, ""]);
    const told = await call("PUT", `/issue/${key}?returnIssue=true`, { fields: { summary: "Three" }, properties: [{ key: "canon", value: 1 }] });
    expect([told.status, told.body]).toMatchObject([200, { key, fields: { summary: "Three" } }]);
  });

  it("takes labels to add and to remove, names every field that is wrong, and writes nothing then", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "One", labels: ["theirs", "old"] });
    await call("PUT", `/issue/${key}`, { update: { labels: [{ add: "new" }, { remove: "old" }, { remove: "never" }] } });
    expect(emulator.people.show(key).labels).toEqual(["theirs", "new"]);
    const refused = await call("PUT", `/issue/${key}`, { fields: { summary: "x".repeat(256), labels: ["a b"], nonsense: 1 } });
    expect(refused.status).toBe(400);
    expect(Object.keys(asObject(refused.body["errors"]))).toEqual(["summary", "labels", "nonsense"]);
    const both = await call("PUT", `/issue/${key}`, { fields: { labels: [] }, update: { labels: [{ add: "x" }] } });
    expect([both.status, emulator.people.show(key).labels]).toEqual([400, ["theirs", "new"]]);
  });

  it("refuses an archived ticket, one that nobody has, and one without permission", async () => {
    const { call, emulator } = await openJira();
    const [gone, kept] = [emulator.people.create({ title: "Gone" }), emulator.people.create({ title: "Kept" })];
    emulator.people.archive(gone);
    const edit = { fields: { summary: "Changed" } };
    expect((await call("PUT", `/issue/${gone}`, edit)).status).toBe(400);
    expect((await call("PUT", "/issue/PAY-9", edit)).status).toBe(404);
    emulator.deny("EDIT_ISSUES");
    expect((await call("PUT", `/issue/${kept}`, edit)).status).toBe(403);
    expect([gone, kept].map((key) => emulator.people.show(key).title)).toEqual(["Gone", "Kept"]);
    const fields = (await call("GET", `/issue/${gone}`)).body["fields"];
    expect(asObject(fields)["archiveddate"]).toMatch(/^\d{4}-/);
  });
});
