/** A run that asks or answers dies at each of its writes, before it or with its answer lost; the next run leaves what one run would have left. */

import { expect, it } from "vitest";
import { SPEC, type BotStage } from "./bot-stage.ts";
import { dieAtEachWrite, type CrashLaw } from "./crash-law.ts";
import { crashing } from "./crashing-forge.ts";
import { applied, issue, made, tick } from "./question-stage.ts";

const pull: CrashLaw["run"] = (bot, crash, seen) => bot.pull({ forge: (forge) => crashing(forge, crash, seen) });
const apply: CrashLaw["run"] = (bot, crash, seen) => bot.apply({ forge: (forge) => crashing(forge, crash, seen) });

/** Its last run is not over until the next says that nothing is left to do. */
async function expectQuiet(bot: BotStage): Promise<void> {
  const before = await bot.stage.forge.head("refs/canon/bot");
  const { body } = await issue(bot);
  expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, answered: 0, waiting: [], markers: null });
  expect(await bot.stage.forge.head("refs/canon/bot")).toBe(before);
  expect((await issue(bot)).body).toBe(body);
}

const asking: CrashLaw = {
  prepare: async () => {
    const bot = await applied();
    await made(bot);
    return bot;
  },
  run: pull,
  check: async (bot) => {
    expect(await issue(bot)).toMatchObject({ open: true, body: expect.stringContaining("- [ ] **out-of-scope**") });
  },
};

/** A label, a ticket made anew, and a word that is none. */
const answering: CrashLaw = {
  prepare: async () => {
    const bot = await applied();
    await made(bot);
    await bot.atDesk((desk) => desk.remove("PAY-2"));
    await bot.pull();
    await tick(bot, "out-of-scope");
    const { number } = await issue(bot);
    await bot.dana.comment(number, "/canon answer PAY-2 recreate\n/canon answer PAY-2 recreat");
    return bot;
  },
  run: apply,
  check: async (bot) => {
    const tickets = await bot.atDesk((desk) => desk.list());
    expect(tickets.map(({ key, labels }) => [key, labels])).toEqual([
      ["PAY-1", []],
      ["PAY-3", ["canon-ignore"]],
      ["PAY-4", []],
    ]);
    expect(await bot.text(SPEC)).toContain("## Keys\n<!-- canon:ticket:local:PAY-4 -->");
    const { number, open, body } = await issue(bot);
    expect([open, body.match(/^- PAY-.*$/gm)]).toEqual([
      false,
      ["- PAY-2: **recreate**, by dana, 2026-01-05", "- PAY-3: **out-of-scope**, by a tick, 2026-01-05"],
    ]);
    expect(await bot.said(number)).toEqual([expect.stringContaining("Did you mean `recreate`?")]);
    await expectQuiet(bot);
  },
};

const proposing: CrashLaw = {
  prepare: async () => {
    const bot = await asking.prepare();
    await bot.pull();
    await tick(bot, "add");
    return bot;
  },
  run: apply,
  check: async (bot) => {
    const requests = await bot.stage.forge.pullRequests({});
    expect(requests.map(({ state, title }) => [state, title])).toEqual([["open", "Canon: 1 answer to its questions"]]);
    expect(await bot.text(SPEC, requests[0]?.head.branch)).toContain("### Key ceremony\n<!-- canon:ticket:local:PAY-3 -->");
    expect((await issue(bot)).body).toContain(`waits in #${requests[0]?.number}`);
    await expectQuiet(bot);
  },
};

const merged: CrashLaw = {
  prepare: async () => {
    const bot = await proposing.prepare();
    await bot.apply();
    const [request] = await bot.stage.forge.pullRequests({});
    await bot.dana.merge(request?.number ?? 0);
    return bot;
  },
  run: apply,
  check: async (bot) => {
    expect((await bot.atDesk((desk) => desk.show("PAY-3"))).ticket.base?.address).toBe(`${SPEC}#key-ceremony`);
    expect(await bot.atDesk((desk) => desk.list())).toHaveLength(3);
    await bot.pull();
    const { open, body } = await issue(bot);
    expect([open, body.match(/^- PAY-.*$/gm)]).toEqual([false, [expect.stringMatching(/^- PAY-3: \*\*add\*\*, by a tick, 2026-01-05 \(#\d+\)$/)]]);
    await expectQuiet(bot);
  },
};

it.for([
  ["that asks", asking, 3],
  ["that answers at once", answering, 8],
  ["that proposes an answer", proposing, 5],
  ["after the answer was merged", merged, 1],
] as const)("a run %s", { timeout: 600_000 }, ([, law, least]) => dieAtEachWrite(law, least));
