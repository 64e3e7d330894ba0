/** The bot in a repository that does not know Canon yet: it asks once, and takes no for an answer. */

import { expect, it } from "vitest";
import type { Forge } from "../../src/forges/forge.ts";
import { botStage, SPEC, withoutConfig } from "./bot-stage.ts";

it("proposes a configuration with what it would come to, once, and writes to no tracker", async () => {
  const bot = await botStage(withoutConfig({ [SPEC]: "# Payments\n\n## Refunds\n\n## Keys\n" }));
  expect(await bot.pull()).toEqual([]);
  const [request] = await bot.stage.forge.pullRequests({ state: "open" });
  expect(request).toMatchObject({ title: "Set up Canon", head: { branch: "canon/setup" } });
  expect(request?.body).toContain("| `specs/payments.md` | 2 | 0 |");
  expect(await bot.stage.forge.changed((await bot.stage.forge.head("refs/heads/main")) ?? "", request?.head.commit ?? "")).toEqual(["canon.config.yaml"]);
  expect(await bot.text("canon.config.yaml", "canon/setup")).toMatch(/include: \["specs\/\*\*\/\*\.md"\][^]*enabled: true/);
  await bot.pull();
  expect(await bot.stage.forge.pullRequests({})).toHaveLength(1);
  expect(bot.asked()).toBe(0);

  await bot.dana.close(request?.number ?? 0);
  await bot.pull();
  await bot.stage.forge.move("refs/heads/canon/setup", request?.head.commit ?? "", null);
  await bot.pull();
  expect(await bot.stage.forge.pullRequests({})).toHaveLength(1);
  const another = (forge: Forge): Forge => ({ ...forge, repository: async () => ({ ...(await forge.repository()), account: "acme-canon[bot]" }) });
  await bot.pull({ forge: another });
  expect(await bot.stage.forge.pullRequests({})).toHaveLength(1);
});

it("asks nobody where there are no specs", async () => {
  const bot = await botStage(withoutConfig({ [SPEC]: null }));
  await bot.pull();
  expect(await bot.stage.forge.pullRequests({})).toEqual([]);
});
