/** How GitHub is written: what travels together, what is never sent, and what a browser does to it. */

import { afterEach, expect, it } from "vitest";
import { base, body, createOne, done, draft, readOne, shapeOf } from "../../conformance/stage.ts";
import type { GithubEmulatorOptions } from "../../emulators/github/github-emulator.ts";
import { githubStage, type GithubStage } from "./github-stage.ts";

const open: GithubStage[] = [];
afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

async function stageOf(options: GithubEmulatorOptions & { readonly usesTypes?: boolean } = {}): Promise<GithubStage> {
  const stage = await githubStage(options);
  open.push(stage);
  return stage;
}

/** Requests that write, since the `from`-th. */
function writes({ emulator }: GithubStage, from: number): readonly { readonly method: string; readonly text: string }[] {
  return emulator.requests.slice(from).filter(({ method, text }) => method !== "GET" && !text.includes('"query":"query'));
}

it("a status, its reason and the base are one PATCH, and every status is reached from every other", async () => {
  const stage = await stageOf();
  const { key, id } = await createOne(stage, { token: "t-status" });
  const { statuses } = await shapeOf(stage);
  expect(statuses.map(({ name, category }) => [name, category])).toEqual([
    ["Open", "open"],
    ["Closed as completed", "done"],
    ["Closed as not planned", "canceled"],
    ["Closed as duplicate", "canceled"],
  ]);
  for (const to of [1, 2, 3, 1, 0, 3, 2, 0].map((at) => statuses[at]?.name ?? "")) {
    const { status, body: before } = await readOne(stage, key);
    const from = stage.emulator.requests.length;
    const next = base("t-status", { ticket: id, hash: to });
    const { echo } = done((await stage.tracker.transition([{ key, expectRevision: null, to, walk: false, base: next }]))[0]);
    expect(echo).toEqual(await readOne(stage, key));
    expect(echo).toMatchObject({ status: to, body: before, base: { hash: to } });
    // A reason changes only together with the state (GitHub's own schema): from one to another it takes two.
    expect(writes(stage, from)).toHaveLength(status !== "Open" && to !== "Open" ? 2 : 1);
  }
});

it("a create that begins closed carries no base that claims it before it is so", async () => {
  const stage = await stageOf();
  const fields = { status: { spec: "done" as const, echo: "Closed as completed", agreed: true }, title: { spec: "A", echo: null, agreed: true } };
  const closed = draft(stage, { status: "Closed as completed", base: base("t-done", { fields }), token: "t-done" });
  expect(done((await stage.tracker.create([closed]))[0]).echo).toMatchObject({ status: "Closed as completed", base: { fields }, token: "t-done" });
  stage.emulator.setFaults([{ operation: "transition", nth: 1, kind: "unavailable" }]);
  const [outcome] = await stage.tracker.create([draft(stage, { status: "Closed as completed", base: base("t-half", { fields }), token: "t-half" })]);
  expect(outcome).toMatchObject({ state: "done" });
  const half = await readOne(stage, done(outcome).key);
  expect(half).toMatchObject({ status: "Open", token: "t-half" });
  expect(half.base?.fields).toEqual({ title: fields.title });
});

it("a browser's edit keeps the base, and the next write keeps what the person wrote", async () => {
  const stage = await stageOf();
  const { key, id } = await createOne(stage, { token: "t-crlf", body: body(stage, ["One.", "Two."]) });
  const raw = stage.emulator.people.show(key).body;
  expect(raw.split("\n").at(-1)).toMatch(/^<!-- canon:base:[A-Za-z0-9._]+ -->$/);
  await stage.person.edit(key, { body: raw.replace("Two.", "Two, said Robin.") });
  const edited = await readOne(stage, key);
  expect(stage.emulator.people.show(key).body).toContain("\r\n");
  expect(edited).toMatchObject({ token: "t-crlf", base: { token: "t-crlf" }, body: expect.stringContaining("One.\r\n\r\nTwo, said Robin.") });
  done((await stage.tracker.update([{ key, expectRevision: null, title: "New", base: base("t-crlf", { ticket: id, hash: "next" }) }]))[0]);
  expect(await readOne(stage, key)).toMatchObject({ title: "New", body: edited.body, base: { hash: "next" }, token: "t-crlf" });
});

it("what a person writes below the hidden line is text, and takes nothing away", async () => {
  const stage = await stageOf();
  const { key } = await createOne(stage);
  const raw = stage.emulator.people.show(key).body;
  await stage.person.edit(key, { body: `${raw}\n\nAlso this.` });
  expect(await readOne(stage, key)).toMatchObject({ base: { hash: "h" }, body: expect.stringMatching(/\r?\n\r?\nAlso this\.$/) });
});

it("a write that is older than half a minute reads the text again, and overwrites nobody", async () => {
  const stage = await stageOf();
  const { key, id } = await createOne(stage, { token: "t-late", body: "Before." });
  const raw = stage.emulator.people.show(key).body;
  stage.emulator.clock.advance(40_000);
  stage.emulator.people.edit(key, { body: raw.replace("Before.", "By Robin.") });
  done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-late", { ticket: id, hash: "late" }) }]))[0]);
  expect(await readOne(stage, key)).toMatchObject({ body: "By Robin.", base: { hash: "late" } });
});

it("labels of people and unowned fields are in no request, and the mark comes back with the next base", async () => {
  const stage = await stageOf();
  const { key, id } = await createOne(stage, { labels: ["ours"], token: "t-mark" });
  stage.emulator.people.label(key, ["theirs"], ["canon"]);
  stage.emulator.people.edit(key, { type: "Bug" });
  expect(await readOne(stage, key)).toMatchObject({ labels: ["ours", "theirs"] });
  const from = stage.emulator.requests.length;
  const next = base("t-mark", { ticket: id });
  done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: ["new"], remove: ["ours", "canon"] }, base: next }]))[0]);
  done((await stage.tracker.transition([{ key, expectRevision: null, to: "Closed as completed", walk: false, base: next }]))[0]);
  for (const { text } of writes(stage, from)) expect(text).not.toMatch(/theirs|Bug|assignee|milestone|projectIds|"labels"/);
  expect(stage.emulator.people.show(key)).toMatchObject({ labels: expect.arrayContaining(["theirs", "canon", "new"]), type: "Bug", status: "completed" });
  expect((await readOne(stage, key)).labels.toSorted()).toEqual(["new", "theirs"]);
  // Only labelled by a person: not managed, and the mark is not spread.
  const theirs = await stage.person.create({ title: "Theirs" });
  done((await stage.tracker.update([{ key: theirs.key, expectRevision: null, labels: { add: ["canon-ignore"], remove: [] } }]))[0]);
  expect(stage.emulator.people.show(theirs.key).labels).toEqual(["canon-ignore"]);
  stage.emulator.people.label(theirs.key, ["canon"], []);
  expect((await stage.tracker.read({ managed: true })).tickets.map((ticket) => ticket.key)).toEqual([key]);
});

it("a parent is set, changed and taken away, and a loop is refused with GitHub's words", async () => {
  const stage = await stageOf();
  const [one, two] = [await createOne(stage), await createOne(stage)];
  const child = await createOne(stage, { parent: one.key });
  expect(child.echo).toMatchObject({ parent: one.key });
  for (const parent of [two.key, two.key, null, one.key]) {
    const { echo } = done((await stage.tracker.update([{ key: child.key, expectRevision: null, parent }]))[0]);
    expect(echo).toEqual(await readOne(stage, child.key));
    expect(echo?.parent).toBe(parent);
  }
  const [loop] = await stage.tracker.update([{ key: one.key, expectRevision: null, parent: child.key }]);
  expect(loop).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("parent of its own parent") } });
});

it("types are written with the base in one PATCH, read where they are used, and refused by name", async () => {
  const stage = await stageOf({ usesTypes: true });
  const [made, wrong] = await stage.tracker.create([draft(stage, { type: "Feature", token: "t-type" }), draft(stage, { type: "Epic" })]);
  expect(done(made).echo).toMatchObject({ type: "Feature", token: "t-type" });
  expect(wrong).toMatchObject({ state: "refused", error: { kind: "invalid", hint: expect.stringContaining("Task, Bug, Feature") } });
  const { key, id } = done(made);
  const from = stage.emulator.requests.length;
  const { echo } = done(
    (await stage.tracker.update([{ key, expectRevision: null, type: "Task", title: "T", base: base("t-type", { ticket: id, hash: "typed" }) }]))[0],
  );
  expect(writes(stage, from)).toHaveLength(1);
  expect(echo).toEqual(await readOne(stage, key));
  stage.emulator.people.edit(key, { type: "Bug" });
  expect(await readOne(stage, key)).toMatchObject({ type: "Bug", title: "T" });
});

it("a note survives a rerun, a changed link is written anew, and marks in comments of others prove nothing", async () => {
  const stage = await stageOf();
  const { key } = await createOne(stage);
  const note = { key, id: "n-1 --> <b>", text: "Merged." };
  done((await stage.tracker.comment([note, note]))[0]);
  const [written = ""] = stage.emulator.people.show(key).comments;
  expect(written).toMatch(/^Merged\.\n\n<!-- canon:note:[A-Za-z0-9_.]+ -->$/);
  expect(stage.emulator.people.show(key).comments).toHaveLength(1);
  for (let at = 0; at < 120; at += 1) stage.emulator.people.comment(key, `Comment ${at}`);
  done((await stage.tracker.comment([note]))[0]);
  expect(stage.emulator.people.show(key).comments).toHaveLength(121);
  const other = await createOne(stage);
  stage.emulator.people.comment(other.key, written);
  done((await stage.tracker.comment([{ ...note, key: other.key }]))[0]);
  expect(stage.emulator.people.show(other.key).comments).toHaveLength(2);
  const url = "https://github.com/acme/payments/pull/7?a=<b> c";
  for (const title of ["PR 7", "PR 7", "PR 7: [done]"]) done((await stage.tracker.link([{ key, url, title, kind: "pull-request" }]))[0]);
  const links = stage.emulator.people.show(key).comments.filter((comment) => comment.includes("canon:link"));
  expect(links).toHaveLength(1);
  expect(links[0]).toMatch(/^\[PR 7: \\\[done\\\]\]\(<https:\/\/github\.com\/acme\/payments\/pull\/7\?a=%3Cb%3E%20c>\)/);
});

it("assignees go with the create, once and by login", async () => {
  const stage = await stageOf();
  const [first, second] = await stage.tracker.create([
    draft(stage, { extra: { assignees: ["Robin-Ito"] } }),
    draft(stage, { extra: { assignees: ["Robin-Ito"] } }),
  ]);
  expect([first?.state, second?.state]).toEqual(["done", "done"]);
  expect(stage.emulator.requests.filter(({ text }) => text.includes("assignableUsers"))).toHaveLength(1);
  expect(stage.emulator.requests.filter(({ text }) => text.includes("assigneeIds"))).toHaveLength(1);
});
