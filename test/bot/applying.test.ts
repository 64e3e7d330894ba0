/** After a merge: what was reviewed is applied, what was not waits, and the markers come back without undoing anything. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyMerged } from "../../src/operations/bot/apply-merged.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";
const OTHER = "specs/other.md";

const withBot = (words: string): Readonly<Record<string, string>> => ({ "canon.config.yaml": CONFIG.replace("enabled: true", words), [SPEC]: BEFORE });

/** A pull request that adds a section, planned by the bot. */
async function proposed(bot: BotStage, branch: string, path: string, content: string): Promise<number> {
  await bot.dana.push(branch, [{ path, content }]);
  const number = await bot.dana.open({ title: branch, head: branch });
  await bot.plan(number);
  return number;
}

const titles = ({ atDesk }: BotStage): Promise<readonly string[]> => atDesk(async (desk) => (await desk.list()).map(({ title }) => title));

describe("what is applied", () => {
  it("is nothing until bot.enabled stands on the default branch", async () => {
    const bot = await botStage(withBot("enabled: false"));
    const number = await proposed(bot, "keys", SPEC, `${BEFORE}\n## Keys\n`);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, message: expect.stringContaining("bot.enabled is not true on main") });
    expect(await bot.pull()).toEqual([]);
    expect(await titles(bot)).toEqual([]);
  });

  it("is nothing in a clone whose configuration is not what stands on the default branch", async () => {
    const bot = await botStage({ [SPEC]: BEFORE });
    await bot.dana.merge(await proposed(bot, "keys", SPEC, `${BEFORE}\n## Keys\n`));
    const world = await bot.bot();
    await writeFile(join(world.clone.top, "canon.config.yaml"), CONFIG.replace("project: PAY", "project: OPS"));
    expect(await applyMerged(world, new AbortController().signal)).toMatchObject({ exitCode: 6, applied: 0 });
    expect(await titles(bot)).toEqual([]);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 2 });
  });

  it("is what was reviewed; what nobody saw waits, and is shown", async () => {
    const bot = await botStage({ [SPEC]: BEFORE });
    const { dana, apply, said } = bot;
    const number = await proposed(bot, "keys", SPEC, `${BEFORE}\n## Keys\n`);
    await dana.push("keys", [{ path: SPEC, content: `${BEFORE}\n## Keys\n\n## Unseen\n` }]);
    await dana.merge(number);
    expect(await apply()).toMatchObject({ exitCode: 0, applied: 2, waiting: [{ title: "Unseen" }] });
    expect(await titles(bot)).toEqual(["Refunds", "Keys"]);
    expect((await said(number)).join()).toMatch(/2 changes applied[\s\S]*1 change waits[\s\S]*Unseen/);
    expect(await apply()).toMatchObject({ applied: 0, waiting: [{ title: "Unseen" }] });
  });

  it("is also what nobody saw where on_moved says so", async () => {
    const bot = await botStage(withBot("enabled: true, on_moved: apply"));
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 1, waiting: [] });
    expect(await titles(bot)).toEqual(["Refunds"]);
  });

  it("is not a change whose ticket was moved since it was seen", async () => {
    const bot = await botStage(withBot("enabled: true, on_moved: apply"));
    await bot.apply();
    await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG }]);
    const marked = await bot.text(SPEC);
    const number = await proposed(bot, "rename", SPEC, marked.replace("## Refunds", "## Refunds and credits"));
    await bot.atDesk((desk) => desk.edit("PAY-1", { title: "Money back" }));
    await bot.dana.merge(number);
    await bot.apply();
    expect(await titles(bot)).toEqual(["Money back"]);
  });

  it("is both of two merges in a row, in one file, though one moves the other's lines", async () => {
    const bot = await botStage({ [SPEC]: BEFORE, [OTHER]: "# Other\n" });
    const first = await proposed(bot, "above", SPEC, BEFORE.replace("## Refunds", "## Above\n\nText.\n\n## Refunds"));
    const second = await proposed(bot, "below", SPEC, `${BEFORE}\n## Below\n\nText.\n`);
    await bot.dana.merge(first);
    await bot.dana.merge(second);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 3, waiting: [] });
    expect(await titles(bot)).toEqual(expect.arrayContaining(["Above", "Refunds", "Below"]));
    expect(await bot.apply()).toMatchObject({ applied: 0, waiting: [], markers: null });
  });

  it("is nothing from a clone that is not the tip, or holds another configuration", async () => {
    const bot = await botStage({ [SPEC]: BEFORE });
    const number = await proposed(bot, "keys", SPEC, `${BEFORE}\n## Keys\n`);
    const old = (await bot.stage.forge.head("refs/heads/main")) ?? "";
    await bot.dana.merge(number);
    expect(await bot.apply({ at: old })).toMatchObject({ exitCode: 6, applied: 0, message: expect.stringContaining("not what main is now") });
    expect(await titles(bot)).toEqual([]);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 2 });
  });
});

describe("markers of new tickets", () => {
  it("come back as a pull request where that is asked for; until it is merged nothing is created twice", async () => {
    const bot = await botStage(withBot("enabled: true, markers: pull-request, on_moved: apply"));
    expect(await bot.apply()).toMatchObject({ applied: 1, markers: { state: "proposed" } });
    expect(await bot.text(SPEC)).toBe(BEFORE);
    expect(await bot.apply()).toMatchObject({ markers: { state: "proposed" } });
    expect(await titles(bot)).toEqual(["Refunds"]);
    const [request] = await bot.stage.forge.pullRequests({ state: "open" });
    expect(await bot.stage.forge.pullRequests({})).toHaveLength(1);
    await bot.dana.merge(request?.number ?? 0);
    expect(await bot.text(SPEC)).toContain("canon:ticket:local:PAY-1");
    expect(await bot.apply()).toMatchObject({ applied: 0, waiting: [], markers: null });
    expect(await titles(bot)).toEqual(["Refunds"]);
  });

  it("come back as a pull request where the branch is protected", async () => {
    const bot = await botStage(withBot("enabled: true, on_moved: apply"));
    await bot.stage.protect("main");
    expect(await bot.apply()).toMatchObject({ applied: 1, markers: { state: "proposed" } });
  });

  it("undo nothing that somebody merged meanwhile, and come with the next run", async () => {
    const bot = await botStage(withBot("enabled: true, on_moved: apply"));
    const mine = `${BEFORE}- [ ] to the same card\n`;
    const merging: NonNullable<Parameters<BotStage["apply"]>[0]> = {
      forge: (forge) => ({
        ...forge,
        read: async (commit, paths) => {
          // The last look before the markers are committed.
          if (paths.includes(SPEC) && (await bot.text(SPEC)) === BEFORE) await bot.dana.push("main", [{ path: SPEC, content: mine }]);
          return forge.read(commit, paths);
        },
      }),
    };
    expect(await bot.apply(merging)).toMatchObject({ applied: 1, markers: { state: "later", where: "main" } });
    expect(await bot.text(SPEC)).toBe(mine);
    expect(await bot.apply()).toMatchObject({ markers: { state: "committed" } });
    const after = await bot.text(SPEC);
    expect(after.replace(/<!-- canon:.*\n/g, "")).toBe(mine);
    expect(after).toContain("canon:ticket:local:PAY-1");
    expect(await titles(bot)).toEqual(["Refunds"]);
  });
});
