/** The people's side: what engineers and product managers do at the desk, and what it refuses. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { body, createOne, draft } from "../conformance/stage.ts";
import { localStage, PERSON } from "./local-stage.ts";
import type { LocalStage } from "./local-stage.ts";

let stage: LocalStage;
beforeEach(async () => {
  stage = await localStage();
});
afterEach(() => stage.end());

describe("tickets", () => {
  it("are created with what is usual below their parent", async () => {
    const { desk } = stage;
    const epic = await desk.create({ title: "Payments", type: "Epic" });
    const story = await desk.create({ title: "Keys", parent: epic.key });
    const part = await desk.create({ title: "Expiry", parent: story.key, labels: ["api"], status: "Todo" });
    expect([epic.key, story.key, part.key]).toEqual(["PAY-1", "PAY-2", "PAY-3"]);
    expect([epic.type, story.type, part.type]).toEqual(["Epic", "Story", "Sub-task"]);
    expect(part).toMatchObject({ status: "Todo", labels: ["api"], parent: "PAY-2", updatedBy: PERSON, token: null, base: null });
    expect((await desk.show("PAY-1")).children).toEqual(["PAY-2"]);
  });

  it("are listed by status, label, type and parent, archived ones only when asked for", async () => {
    const { desk } = stage;
    await desk.create({ title: "One", type: "Epic" });
    await desk.create({ title: "Two", parent: "PAY-1", labels: ["api"] });
    await desk.create({ title: "Three", status: "Done" });
    await desk.archive("PAY-3", true);
    const keys = async (filter: Parameters<typeof desk.list>[0]): Promise<readonly string[]> => (await desk.list(filter)).map(({ key }) => key);
    expect(await keys({})).toEqual(["PAY-1", "PAY-2"]);
    expect(await keys({ archived: true, status: "done" })).toEqual(["PAY-3"]);
    expect(await keys({ label: "api" })).toEqual(["PAY-2"]);
    expect(await keys({ type: "epic" })).toEqual(["PAY-1"]);
    expect(await keys({ parent: "PAY-1" })).toEqual(["PAY-2"]);
  });

  it("are closed, canceled and reopened, with history", async () => {
    const { desk } = stage;
    await desk.create({ title: "One" });
    expect((await desk.close("PAY-1")).status).toBe("Done");
    expect((await desk.reopen("PAY-1")).status).toBe("Backlog");
    expect((await desk.close("PAY-1", "canceled")).category).toBe("canceled");
    expect((await desk.show("PAY-1")).history.map(({ field, to, author }) => `${field} ${to} ${author}`)).toEqual([
      `status Done ${PERSON}`,
      `status Backlog ${PERSON}`,
      `status Canceled ${PERSON}`,
    ]);
  });

  it("take comments and labels, and show them", async () => {
    const { desk } = stage;
    const { key } = await createOne(stage, { labels: ["canon"] });
    await desk.comment(key, "Looks good.");
    await stage.tracker.link([{ key, url: "https://forge.example/1", title: "PR 1", kind: "pull-request" }]);
    await desk.label(key, { add: ["urgent"], remove: [] });
    const view = await desk.show(key);
    expect(view.comments).toMatchObject([{ author: PERSON, text: "Looks good." }]);
    expect(view.links).toEqual([{ url: "https://forge.example/1", title: "PR 1", kind: "pull-request" }]);
    expect(view.ticket.labels).toEqual(["canon", "urgent"]);
    expect(view.history.map(({ field }) => field)).toEqual(["comment", "link", "labels"]);
  });

  it("refuse what makes no sense, with words that help", async () => {
    const { desk } = stage;
    await desk.create({ title: "One", type: "Epic" });
    await desk.create({ title: "Two", parent: "PAY-1" });
    const refusals: readonly (readonly [() => Promise<unknown>, object])[] = [
      [() => desk.show("PAY-9"), { kind: "not-found", message: "PAY has no ticket PAY-9." }],
      [() => desk.move("PAY-1", "In Progres"), { kind: "invalid", hint: expect.stringMatching(/^Did you mean In Progress\? There are Backlog, Todo/) }],
      [() => desk.edit("PAY-2", { type: "Epic" }), { kind: "invalid", message: "PAY takes no Epic below PAY-1 (Epic)." }],
      [
        () => desk.edit("PAY-1", { parent: "PAY-2" }),
        { kind: "invalid", message: "PAY takes no Epic below PAY-2 (Story).", hint: "Below Story it takes Sub-task." },
      ],
      [() => desk.edit("PAY-1", {}), { kind: "invalid" }],
      [() => desk.create({ title: " " }), { kind: "invalid" }],
      [() => desk.comment("PAY-1", " "), { kind: "invalid" }],
      [() => desk.transfer("PAY-1", "ops"), { kind: "invalid" }],
      [() => desk.transfer("PAY-1", "PAY"), { kind: "conflict" }],
    ];
    for (const [refusal, error] of refusals) await expect(refusal()).rejects.toMatchObject(error);
    expect((await desk.show("PAY-1")).history).toEqual([]);
  });

  it("obey a strict workflow step by step", async () => {
    const { desk } = stage;
    await desk.behave({ workflow: "strict" });
    await desk.create({ title: "One" });
    expect((await desk.show("PAY-1")).next).toEqual(["Todo", "Canceled"]);
    await expect(desk.move("PAY-1", "Done")).rejects.toMatchObject({ kind: "invalid", hint: expect.stringContaining("Todo, In Progress, In Review") });
    await desk.move("PAY-1", "Todo");
    expect((await desk.close("PAY-1")).status).toBe("Done");
    expect((await desk.show("PAY-1")).history.map(({ to }) => to)).toEqual(["Todo", "In Progress", "In Review", "Done"]);
  });
});

describe("criteria", () => {
  async function ticket(criteria: readonly string[]): Promise<string> {
    return (await createOne(stage, { body: body(stage, ["Text.", "- a list\n- of the body"], criteria) })).key;
  }

  async function criteria(key: string): Promise<readonly string[]> {
    return (await stage.desk.show(key)).criteria.map(({ text, checked }) => `${checked ? "x" : " "} ${text}`);
  }

  it("are ticked, reworded, added and removed; everything else stays byte for byte", async () => {
    const { desk } = stage;
    const key = await ticket(["first", "second"]);
    const before = (await desk.show(key)).ticket.body;
    await desk.criterion(key, { kind: "tick", which: "1" });
    await desk.criterion(key, { kind: "add", text: "third\n  on two lines" });
    await desk.criterion(key, { kind: "reword", which: "sec", text: "2nd" });
    expect(await criteria(key)).toEqual(["x first", "  2nd", "  third on two lines"]);
    await desk.criterion(key, { kind: "untick", which: "first" });
    await desk.criterion(key, { kind: "remove", which: "third" });
    await desk.criterion(key, { kind: "reword", which: "2nd", text: "second" });
    expect((await desk.show(key)).ticket.body).toBe(before);
    expect((await desk.show(key)).history.every(({ field, author }) => field === "criteria" && author === PERSON)).toBe(true);
  });

  it("begin a list above the footer where there is none, and in an empty ticket", async () => {
    const { desk } = stage;
    const key = await ticket([]);
    await desk.criterion(key, { kind: "add", text: "new" });
    expect((await desk.show(key)).ticket.body).toBe(body(stage, ["Text.", "- a list\n- of the body"], ["new"]));
    const empty = await desk.create({ title: "Empty" });
    await desk.criterion(empty.key, { kind: "add", text: "one" });
    await desk.criterion(empty.key, { kind: "remove", which: "1" });
    await desk.criterion(empty.key, { kind: "add", text: "two" });
    expect(await criteria(empty.key)).toEqual(["  two"]);
  });

  it("are named by number or words that only one has", async () => {
    const { desk } = stage;
    const key = await ticket(["returns 402", "returns 409"]);
    await expect(desk.criterion(key, { kind: "tick", which: "returns" })).rejects.toMatchObject({
      kind: "invalid",
      hint: "They are: 1 returns 402; 2 returns 409.",
    });
    await expect(desk.criterion(key, { kind: "tick", which: "3" })).rejects.toMatchObject({ kind: "invalid" });
    await desk.criterion(key, { kind: "tick", which: "409" });
    expect(await criteria(key)).toEqual(["  returns 402", "x returns 409"]);
  });
});

describe("switches", () => {
  it("hold for every process, and are refused when unknown", async () => {
    const { desk } = stage;
    await desk.behave({ clientIds: false, searchLag: 50 });
    expect(await desk.behave({ rewrites: "linear" })).toMatchObject({ clientIds: false, searchLag: 50, rewrites: "linear", workflow: "free" });
    expect(stage.again().capabilities).toMatchObject({ clientIds: false, indexLag: true, rewritesText: true });
    await expect(desk.behave({ rewrite: "linear" } as object)).rejects.toMatchObject({ kind: "invalid", hint: "Did you mean rewrites?" });
    await expect(desk.behave({ rewrites: "trello" } as object)).rejects.toMatchObject({ kind: "invalid" });
    await expect(desk.behave({ searchLag: -1 })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("rewrite what a person saves as the vendor's editor does", async () => {
    const { desk } = stage;
    await desk.behave({ rewrites: "github" });
    const { key } = await createOne(stage, { body: "a\nb" });
    expect((await desk.show(key)).ticket.body).toBe("a\nb");
    expect((await desk.edit(key, { body: "a\nc" })).body).toBe("a\r\nc");
  });

  it("faults are listed until they struck, and can be cleared", async () => {
    const { desk, tracker } = stage;
    await desk.setFaults([
      { operation: "create", nth: 2, kind: "refuse" },
      { operation: "create", nth: 2, kind: "hang", ms: 1 },
    ]);
    const outcomes = await tracker.create([draft(stage), draft(stage), draft(stage), draft(stage)]);
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "refused", "unknown", "done"]);
    expect(await desk.faults()).toEqual([]);
    await desk.setFaults([{ operation: "read", nth: 9, kind: "garbage" }]);
    expect(await desk.faults()).toEqual([{ operation: "read", nth: 9, kind: "garbage", ms: 1000 }]);
    await desk.setFaults([], { replace: true });
    expect(await desk.faults()).toEqual([]);
    await expect(desk.setFaults([{ operation: "create", nth: 0, kind: "refuse" }])).rejects.toMatchObject({ kind: "invalid" });
  });
});
