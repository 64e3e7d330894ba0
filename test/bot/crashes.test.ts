/** A run of the bot dies at each of its writes, before it or with its answer lost; the next run leaves what one run would have left. */

import { expect, it } from "vitest";
import { botStage, CONFIG, SPEC } from "./bot-stage.ts";
import { dieAtEachWrite, type CrashLaw } from "./crash-law.ts";
import { crashing, Died } from "./crashing-forge.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";

const planning: CrashLaw = {
  prepare: async () => {
    const bot = await botStage({ [SPEC]: BEFORE });
    await bot.dana.push("feature", [{ path: SPEC, content: `${BEFORE}\n## Keys\n` }]);
    await bot.dana.open({ title: "Keys", head: "feature" });
    return bot;
  },
  run: (bot, crash, seen) => bot.plan(1, { forge: (forge) => crashing(forge, crash, seen) }),
  check: async ({ said, stage }) => {
    expect(await said(1)).toEqual([expect.stringContaining("2 creates")]);
    const { head } = await stage.forge.pullRequest(1);
    expect(await stage.checks(head.commit)).toHaveLength(1);
  },
};

const applying: CrashLaw = {
  prepare: async () => {
    const bot = await planning.prepare();
    await bot.plan(1);
    await bot.dana.merge(1);
    return bot;
  },
  run: (bot, crash, seen) => bot.apply({ forge: (forge) => crashing(forge, crash, seen) }),
  check: async ({ atDesk, text, said, apply }) => {
    expect((await atDesk((desk) => desk.list())).map(({ title }) => title)).toEqual(["Refunds", "Keys"]);
    expect((await text(SPEC)).match(/canon:ticket:local:PAY-[12] /g)).toHaveLength(2);
    expect(await said(1)).toHaveLength(1);
    expect(await apply()).toMatchObject({ applied: 0, waiting: [], markers: null });
  },
};

const proposing: CrashLaw = {
  prepare: async () => {
    const bot = await botStage({
      [SPEC]: BEFORE,
      "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, notify: { ticket: true }"),
    });
    await bot.apply();
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "one" }));
    return bot;
  },
  run: (bot, crash, seen) => bot.pull({ forge: (forge) => crashing(forge, crash, seen) }),
  check: async ({ stage, text, atDesk }) => {
    const requests = await stage.forge.pullRequests({});
    expect(requests.map(({ state }) => state)).toEqual(["open"]);
    const { comments } = await atDesk((desk) => desk.show("PAY-1"));
    expect(comments.map((comment) => comment.text)).toEqual([expect.stringContaining("It waits to be merged.")]);
    expect(await text(SPEC, requests[0]?.head.branch)).toContain("- [ ] within 14 days\n- [ ] one\n");
  },
};

/** Over a proposal that stands already, and gets another commit. */
const renewing: CrashLaw = {
  prepare: async () => {
    const bot = await proposing.prepare();
    await bot.pull();
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "two" }));
    return bot;
  },
  run: proposing.run,
  check: async (bot) => {
    await proposing.check(bot);
    const [request] = await bot.stage.forge.pullRequests({});
    expect(request?.body).not.toContain("canon:resume");
    expect(await bot.text(SPEC, request?.head.branch)).toContain("- [ ] one\n- [ ] two\n");
  },
};

it.for([
  ["plan", planning, 3],
  ["apply", applying, 3],
  ["pull", proposing, 3],
  ["pull over a proposal that stands", renewing, 3],
] as const)("canon bot %s", { timeout: 300_000 }, ([, law, least]) => dieAtEachWrite(law, least));

it("does not propose again what was closed before the bot could remember that it had opened it", async () => {
  const bot = await proposing.prepare();
  const names: string[] = [];
  await expect(bot.pull({ forge: (forge) => crashing(forge, { at: 2, when: "after" }, (name) => void names.push(name)) })).rejects.toThrow(Died);
  expect(names).toEqual(["commit", "openPullRequest"]);
  await bot.dana.close(1);
  expect(await bot.pull()).toMatchObject([{ state: "left", what: "declined" }]);
  expect(await bot.stage.forge.pullRequests({})).toHaveLength(1);
});
