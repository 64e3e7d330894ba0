/** What stands around tickets: the mark, notes, history, children, other projects, and Data Center's own ways. */

import { afterEach, describe, expect, it } from "vitest";
import { openJiraSource } from "../../../src/trackers/jira/jira-source.ts";
import { base, body, createOne, done, readOne } from "../../conformance/stage.ts";
import type { JiraEmulatorOptions } from "../../emulators/jira/jira-options.ts";
import { jiraStage, type JiraStage } from "./jira-stage.ts";

const open: JiraStage[] = [];

async function stageOf(given: JiraEmulatorOptions): Promise<JiraStage> {
  const stage = await jiraStage(given);
  open.push(stage);
  return stage;
}

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

describe.each(["cloud", "data-center"] as const)("tickets of Jira, %s", (flavour) => {
  it("a ticket that only carries the label is a person's", async () => {
    const stage = await stageOf({ flavour });
    const { key } = await stage.person.create({ title: "Labelled" });
    await stage.person.label(key, ["canon"], []);
    await stage.pass(60_000);
    expect((await stage.tracker.read({ managed: true })).tickets).toEqual([]);
    expect((await readOne(stage, key)).labels).toEqual([]);
  });

  it("a base that nobody can read is none", async () => {
    const stage = await stageOf({ flavour });
    const { key, id } = await createOne(stage, { token: "t" });
    await fetch(`${stage.emulator.url}/rest/api/${flavour === "cloud" ? 3 : 2}/issue/${id}/properties/canon`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: authorization(stage) },
      body: JSON.stringify({ token: 7, base: { format: 99 } }),
    });
    expect(await (await stage.again()).read({ keys: [key] })).toMatchObject({ tickets: [{ token: null, base: null }] });
  });

  it("a note is not said again by the next process", async () => {
    const stage = await stageOf({ flavour });
    const { key } = await createOne(stage);
    const note = { key, id: "canon-moved 1", text: "Moved to **OPS**: [see](https://a.dev)." };
    for (const tracker of [stage.tracker, await stage.again()]) done((await tracker.comment([note]))[0]);
    done((await stage.tracker.comment([{ ...note, id: "another" }]))[0]);
    expect(await stage.seen(key)).toEqual({ comments: 2, links: 0 });
    const edits = await stage.tracker.history([key], null);
    expect(edits.map(({ field, to }) => [field, to])).toEqual([
      ["comment", note.text],
      ["comment", note.text],
    ]);
  });

  it("history speaks of people's labels, parents and types, and never of the mark or a base", async () => {
    const stage = await stageOf({ flavour });
    const [one, two] = [await createOne(stage, { type: "Epic" }), await createOne(stage, { type: "Epic" })];
    const child = await createOne(stage, { type: "Story", parent: one.key });
    const [theirs] = [await stage.person.create({ title: "Theirs" })];
    await stage.person.label(theirs.key, ["b", "a"], []);
    done((await stage.tracker.update([{ key: theirs.key, expectRevision: null, base: base("t", { ticket: theirs.id }) }]))[0]);
    done((await stage.tracker.update([{ key: child.key, expectRevision: null, parent: two.key, base: base("c") }]))[0]);
    const edits = await stage.tracker.history([child.key, theirs.key, "NONE-1"], null);
    expect(edits.map(({ key, field, from, to, author }) => [key, field, from, to, author])).toEqual([
      [theirs.key, "labels", "", expect.stringMatching(/^(?:a, b|b, a)$/), stage.person.name],
      [child.key, "parent", one.key, two.key, stage.account],
    ]);
  });

  it("history tells criteria from the rest of a text", async () => {
    const stage = await stageOf({ flavour });
    const { key } = await createOne(stage, { body: body(stage, ["Text."], ["first"]) });
    await stage.person.edit(key, { body: body(stage, ["Text."], ["first", "second"]) });
    await stage.person.edit(key, { body: body(stage, ["Other text."], ["first", "second"]) });
    expect((await stage.tracker.history([key], null)).map(({ field, author }) => [field, author])).toEqual([
      ["criteria", stage.person.name],
      ["body", stage.person.name],
    ]);
  });

  it("children without the mark are those of people", async () => {
    const stage = await stageOf({ flavour });
    const parent = await createOne(stage, { type: "Epic" });
    await createOne(stage, { type: "Story", parent: parent.key });
    const theirs = await stage.person.create({ title: "Theirs", parent: parent.key });
    await stage.person.label(theirs.key, ["urgent"], []);
    const bare = await stage.person.create({ title: "Bare", parent: parent.key });
    await stage.pass(60_000);
    const { tickets } = await stage.tracker.read({ childrenOf: [parent.key, "PAY-4711"], unmarked: true });
    expect(tickets.map(({ key }) => key)).toEqual([theirs.key, bare.key]);
  });

  it("an inbox may be ordered, and speak of ordering in quotes; it never leaves the project", async () => {
    const stage = await stageOf({ flavour });
    const one = await stage.person.create({ title: "Please order by mail" });
    const two = await stage.person.create({ title: "Please order by phone" });
    const away = await stage.person.create({ title: "Please order by mail" });
    await stage.person.transfer(away.key);
    await stage.pass(60_000);
    const keys = async (jql: string): Promise<readonly string[]> => (await stage.tracker.read({ inbox: jql })).tickets.map(({ key }) => key);
    expect(await keys('text ~ "order by mail" order by created DESC')).toEqual([one.key]);
    expect((await keys("ORDER BY created DESC")).toSorted()).toEqual([one.key, two.key].toSorted());
    expect(await keys(`key = ${one.key}) OR (key = ${two.key}`)).toEqual([one.key, two.key]);
  });

  it("a parent's new key is followed in one read with the old one and the new", async () => {
    const stage = await stageOf({ flavour });
    const { key } = await createOne(stage);
    const moved = await stage.person.transfer(key);
    const snapshot = await stage.tracker.read({ keys: [key, moved, "PAY-4711"] });
    expect(snapshot).toMatchObject({ renamed: { [key]: moved }, missing: ["PAY-4711"], complete: true });
    expect(snapshot.tickets.map((ticket) => ticket.key)).toEqual([moved]);
  });

  it("any ticket of the platform can be looked up, with its text as Markdown", async () => {
    const stage = await stageOf({ flavour });
    const { key } = await createOne(stage, { title: "Keys", type: "Story", body: body(stage, ["Some **bold** text."]), labels: ["api"] });
    const moved = await stage.person.transfer(key);
    const source = await openJiraSource(stage.options());
    expect(await source.whoami()).toBe(stage.account);
    expect(await source.find(moved)).toMatchObject({
      key: moved,
      title: "Keys",
      type: "Story",
      state: "To Do",
      stateKind: "open",
      labels: ["api"],
      team: { key: "OPS" },
      archivedAt: null,
    });
    expect((await source.find(moved)).description).toContain("Some **bold** text.");
    await expect(source.find("PAY-4711")).rejects.toMatchObject({ kind: "not-found" });
    await expect(source.find("../../myself")).rejects.toMatchObject({ kind: "invalid" });
    await source.close();
  });
});

describe("Jira Data Center", () => {
  it("takes a name with a password as well as a token", async () => {
    // Which Jira it is, is asked of the Cloud's own version of the API, which this one's document does not know.
    const stage = await stageOf({ flavour: "data-center", judged: false });
    const tracker = await stage.again({ env: { JIRA_EMAIL: "dana", JIRA_API_TOKEN: "a-password" } });
    expect(await tracker.check()).toMatchObject({ ok: true, account: stage.account });
  });

  it("says what a page left out", async () => {
    const stage = await stageOf({ flavour: "data-center" });
    await createOne(stage, { labels: ["triage"] });
    await stage.pass(60_000);
    for (const query of [{ managed: true }, { project: true }, { inbox: "labels = triage" }] as const) {
      stage.emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
      expect((await stage.tracker.read(query)).complete).toBe(false);
    }
  });

  it("a guard is as fresh as the ticket, though the list lags", async () => {
    const stage = await stageOf({ flavour: "data-center", searchLag: 30_000 });
    const { key } = await createOne(stage, { title: "Mine" });
    expect((await stage.tracker.read({ keys: [key] })).tickets).toMatchObject([{ title: "Mine" }]);
    done((await stage.tracker.update([{ key, expectRevision: null, title: "New", base: base("n") }]))[0]);
    expect((await stage.tracker.read({ keys: [key] })).tickets).toMatchObject([{ title: "New", base: { token: "n" } }]);
  });
});

describe("Jira Cloud", () => {
  it("works in team-managed projects, and in old ones that demand a name of epics", async () => {
    for (const options of [{ style: "team" }, { style: "company", epicName: true }] as const) {
      const stage = await stageOf({ flavour: "cloud", ...options });
      const check = await stage.tracker.check();
      if (!check.ok) throw check.error;
      const [epic = "", story = "", low = ""] = check.project.defaultTypes;
      const parent = await createOne(stage, { type: epic });
      const child = await createOne(stage, { type: story, parent: parent.key });
      const leaf = await createOne(stage, { type: low, parent: child.key });
      expect((await readOne(stage, leaf.key)).parent).toBe(child.key);
    }
  });

  it("an update answers with the ticket as it is stored, its ids of blocks aside", async () => {
    const stage = await stageOf({ flavour: "cloud" });
    const { key } = await createOne(stage, { token: "t" });
    const text = body(stage, ["One.", "- two\n- three"], ["works"]);
    const { echo } = done((await stage.tracker.update([{ key, expectRevision: null, body: text, base: base("t", { hash: "h2" }) }]))[0]);
    expect(echo).toMatchObject({ body: text, token: "t", base: { hash: "h2" } });
    expect(echo).toEqual(await readOne(stage, key));
  });
});

function authorization({ emulator }: JiraStage): string {
  const { JIRA_EMAIL: email, JIRA_API_TOKEN: token } = emulator.credentials;
  return email === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}:${token}`).toString("base64")}`;
}
