/** How many requests a hundred tickets in three levels take, and what may never stand in one. */

import { describe, expect, it } from "vitest";
import { base, done, draft } from "../../conformance/stage.ts";
import { jiraStage, type JiraStage } from "./jira-stage.ts";

const FLAVOURS = ["cloud", "data-center"] as const;

describe.each(FLAVOURS)("requests to Jira, %s", (flavour) => {
  it("a hundred tickets in three levels", async () => {
    const stage = await jiraStage({ flavour });
    const { tracker } = stage;
    const taken = counter(stage);
    expect((await tracker.check()).ok).toBe(true);
    // The Cloud said who asks when the tracker was opened.
    expect(taken()).toEqual({ check: flavour === "cloud" ? 3 : 4 });
    await tracker.watermark();
    const keys: string[] = [];
    for (const [type, count] of [
      ["Epic", 4],
      ["Story", 16],
      ["Sub-task", 80],
    ] as const) {
      const parents = keys.slice(type === "Sub-task" ? 4 : 0);
      const drafts = Array.from({ length: count }, (_, at) => draft(stage, { type, parent: type === "Epic" ? null : (parents[at % parents.length] ?? null) }));
      const outcomes = await tracker.create(drafts);
      keys.push(...outcomes.map((outcome) => done(outcome).key));
    }
    // One form is asked for: epics may need a name. Data Center is asked once where it keeps the epic of a story.
    expect(taken()).toEqual({ read: 1, create: 4, check: flavour === "cloud" ? 1 : 2 });
    await stage.pass(60_000);
    const all = await tracker.read({ keys });
    expect(all.tickets).toHaveLength(100);
    expect(all.tickets.every(({ token, parent, type }) => token !== null && (parent === null) === (type === "Epic"))).toBe(true);
    expect(taken()).toEqual({ read: flavour === "cloud" ? 1 : 100 });
    await tracker.read({ keys });
    expect(taken()).toEqual({ read: 1 });
    await tracker.read({ managed: true });
    expect(taken()).toEqual({ read: flavour === "cloud" ? 2 : 1 });
    // The limit of a second is not met by what is not sent.
    for (let at = 0; at < keys.length; at += 10) {
      const outcomes = await tracker.update(keys.slice(at, at + 10).map((key) => ({ key, expectRevision: null, title: `New ${key}`, base: base(`t-${key}`) })));
      for (const outcome of outcomes) done(outcome);
      await stage.pass(2_000);
    }
    expect(taken()).toEqual({ update: 100 });
    expect(
      (await tracker.read({ managed: true })).tickets.every(({ key, title, base: written }) => title === `New ${key}` && written?.token === `t-${key}`),
    ).toBe(true);
    await stage.end();
  });

  it("a patch sends what it names and nothing else; labels only as operations", async () => {
    const stage = await jiraStage({ flavour });
    const { key } = await stage.person.create({ title: "By hand" });
    await stage.person.label(key, ["theirs"], []);
    const from = stage.emulator.requests.length;
    done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: ["ours", "canon"], remove: ["old", "canon"] }, base: base("t") }]))[0]);
    const [put] = stage.emulator.requests.slice(from).filter(({ method }) => method === "PUT");
    const sent: unknown = JSON.parse(put?.text ?? "null");
    expect(sent).toMatchObject({ update: { labels: [{ add: "ours" }, { add: "canon" }, { remove: "old" }] }, properties: [{ key: "canon" }] });
    expect(put?.text).not.toMatch(/theirs|By hand|summary|description|parent|issuetype|status/);
    await stage.pass(60_000);
    expect((await stage.tracker.read({ managed: true })).tickets).toMatchObject(
      [{ key, labels: ["ours", "theirs"] }].map((one) => ({ ...one, labels: expect.arrayContaining(one.labels) })),
    );
    expect(stage.emulator.people.show(key).labels.toSorted()).toEqual(["canon", "ours", "theirs"]);
    await stage.end();
  });
});

function counter({ emulator }: JiraStage): () => Readonly<Record<string, number>> {
  let from = emulator.requests.length;
  return () => {
    const counts: Record<string, number> = {};
    for (const { operation } of emulator.requests.slice(from)) counts[operation] = (counts[operation] ?? 0) + 1;
    from = emulator.requests.length;
    return counts;
  };
}
