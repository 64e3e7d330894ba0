/** bot.enabled is the switch: until it stands on the default branch, and once it is taken away, the bot proposes, asks and tells nothing. */

import { expect, it } from "vitest";
import { followProposals } from "../../src/operations/bot/follow-proposals.ts";
import { notifyFromBranch } from "../../src/operations/bot/notify-tickets.ts";
import { botStage, CONFIG, SPEC } from "./bot-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";

it("a change on a ticket is not proposed, and nobody is asked or told anything, while it is off", async () => {
  const on = CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, notify: { ticket: true }");
  const { dana, apply, pull, atDesk, stage } = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": on });
  await apply();
  await stage.pass(60_000);
  await atDesk(async (desk) => {
    await desk.criterion("PAY-1", { kind: "add", text: "to the same card" });
    await desk.create({ title: "Key ceremony", parent: "PAY-1", type: "Story" });
  });
  await dana.push("main", [{ path: "canon.config.yaml", content: on.replace("enabled: true", "enabled: false") }]);
  const stood = await stage.forge.head("refs/canon/bot");
  expect(await pull()).toEqual([]);
  expect(await apply()).toMatchObject({ exitCode: 0, applied: 0 });
  expect(await stage.forge.pullRequests({})).toEqual([]);
  expect(await stage.forge.threads({ author: stage.account, label: "canon" })).toEqual([]);
  expect(await atDesk(async (desk) => (await desk.show("PAY-1")).comments)).toEqual([]);
  expect(await stage.forge.head("refs/canon/bot")).toBe(stood);
  // Another branch does not turn it on.
  await dana.push("feature", [{ path: "canon.config.yaml", content: on }]);
  await dana.open({ title: "On", head: "feature" });
  expect(await pull()).toEqual([]);
  await dana.push("main", [{ path: "canon.config.yaml", content: on }]);
  expect(await pull()).toMatchObject([{ state: "opened" }]);
});

it("nobody hears on a ticket what became of a proposal once it is off", async () => {
  const on = CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, notify: { ticket: true }");
  const { bot, dana, apply, pull, atDesk, stage } = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": on });
  await apply();
  await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "to the same card" }));
  await pull();
  const comments = async (): Promise<readonly string[]> => atDesk(async (desk) => (await desk.show("PAY-1")).comments.map(({ text }) => text));
  const before = await comments();
  expect(before).toHaveLength(1);
  await dana.push("main", [{ path: "canon.config.yaml", content: on.replace("enabled: true", "enabled: false") }]);
  const [request] = await stage.forge.pullRequests({ state: "open" });
  await dana.close(request?.number ?? 0);
  const world = await bot();
  await followProposals(world);
  expect(await notifyFromBranch(world)).toMatchObject({ tickets: 0 });
  expect(await comments()).toEqual(before);
});
