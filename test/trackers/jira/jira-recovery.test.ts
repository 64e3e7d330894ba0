/** What becomes of creates that nobody knows about: proof where there is proof, and doubt where there is none. */

import { afterEach, describe, expect, it } from "vitest";
import { createOne, done, draft } from "../../conformance/stage.ts";
import { jiraStage, type JiraStage } from "./jira-stage.ts";

const open: JiraStage[] = [];

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

describe.each(["cloud", "data-center"] as const)("lost creates on Jira, %s", (flavour) => {
  const stageOf = async (): Promise<JiraStage> => {
    const stage = await jiraStage({ flavour });
    open.push(stage);
    return stage;
  };

  it("a ticket that cannot be read leaves those above it in doubt, and says which it is", async () => {
    const stage = await stageOf();
    const watermark = await stage.tracker.watermark();
    const hidden = await stage.person.create({ title: "Hidden" });
    await stage.person.create({ title: "Seen" });
    stage.emulator.people.hide(hidden.key, true);
    expect(await stage.tracker.settleCreates([{ token: "lost", watermark }])).toMatchObject([{ state: "unknown", why: expect.stringContaining(hidden.key) }]);
    // What lies below a watermark is nobody's doubt.
    expect(await stage.tracker.settleCreates([{ token: "lost", watermark: "2" }])).toEqual([{ token: "lost", state: "absent" }]);
    stage.emulator.people.hide(hidden.key, false);
    expect(await stage.tracker.settleCreates([{ token: "lost", watermark }])).toEqual([{ token: "lost", state: "absent" }]);
  });

  it("without the permission to look there is no proof", async () => {
    const stage = await stageOf();
    stage.emulator.deny("BROWSE_PROJECTS");
    const [settled] = await stage.tracker
      .settleCreates([{ token: "lost", watermark: "0" }])
      .catch((error: unknown) => [{ state: "unknown", why: String(error) }]);
    expect(settled).toMatchObject({ state: "unknown" });
  });

  it("finds what landed behind other people's tickets, and what a person moved away since", async () => {
    const stage = await stageOf();
    const watermark = await stage.tracker.watermark();
    for (let at = 0; at < 60; at += 1) stage.emulator.people.create({ title: `Theirs ${at}` });
    const { key } = await createOne(stage, { token: "behind" });
    const { key: gone } = await createOne(stage, { token: "moved" });
    const moved = await stage.person.transfer(gone);
    expect(await stage.tracker.settleCreates(["behind", "moved", "never"].map((token) => ({ token, watermark })))).toMatchObject([
      { token: "behind", state: "created", tickets: [{ key }] },
      { token: "moved", state: "created", tickets: [{ key: moved }] },
      { token: "never", state: "absent" },
    ]);
  });

  it("a watermark is never above what a later create gets", async () => {
    const stage = await stageOf();
    for (let round = 0; round < 3; round += 1) {
      const watermark = Number(await stage.tracker.watermark());
      const outcomes = await stage.tracker.create([draft(stage), draft(stage)]);
      for (const outcome of outcomes) expect(Number(done(outcome).key.split("-")[1])).toBeGreaterThan(watermark);
    }
    expect(await stage.tracker.settleCreates([{ token: "t", watermark: "PAY-1" }])).toMatchObject([
      { state: "unknown", why: expect.stringContaining("PAY-1") },
    ]);
  });
});
