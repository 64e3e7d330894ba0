/** Runs of the bot at the same time, as two events of a CI start them: one comment, one pull request, one ticket for each section. */

import { expect, it } from "vitest";
import type { Forge } from "../../src/forges/forge.ts";
import { systemClock } from "../../src/io/clock.ts";
import { botStage, CONFIG, SPEC } from "./bot-stage.ts";
import { meeting } from "./meeting.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";

it("write one comment on a pull request", { timeout: 60_000 }, async () => {
  const { dana, plan, said } = await botStage({ [SPEC]: BEFORE });
  await dana.push("feature", [{ path: SPEC, content: `${BEFORE}\n## Keys\n` }]);
  const number = await dana.open({ title: "Keys", head: "feature" });
  const meet = meeting(3);
  // All of them have looked, and seen no comment, before one writes.
  const forge = (one: Forge): Forge => {
    let isFirst = true;
    const comments: Forge["comments"] = async (of, since) => {
      const found = await one.comments(of, since);
      if (isFirst) await meet();
      isFirst = false;
      return found;
    };
    return { ...one, comments };
  };
  await Promise.all([1, 2, 3].map(() => plan(number, { waits: true, forge })));
  expect(await said(number)).toEqual([expect.stringContaining("2 creates")]);
});

it("write one comment also where the host takes its time with the first one", { timeout: 60_000 }, async () => {
  const { dana, plan, said } = await botStage({ [SPEC]: BEFORE });
  await dana.push("feature", [{ path: SPEC, content: `${BEFORE}\n## Keys\n` }]);
  const number = await dana.open({ title: "Keys", head: "feature" });
  const meet = meeting(3);
  const forge = (one: Forge): Forge => ({
    ...one,
    comment: async (of, body) => {
      // Nobody else comes where one run at a time writes.
      await Promise.race([meet(), systemClock.sleep(5_000)]);
      return one.comment(of, body);
    },
  });
  await Promise.all([1, 2, 3].map(() => plan(number, { waits: true, forge })));
  expect(await said(number)).toEqual([expect.stringContaining("2 creates")]);
});

it("open one pull request for a proposal", { timeout: 60_000 }, async () => {
  const { pull, apply, atDesk, stage } = await botStage({
    [SPEC]: BEFORE,
    "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply"),
  });
  await apply();
  await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "one" }));
  await Promise.all([1, 2, 3].map(() => pull({ waits: true })));
  await pull();
  expect((await stage.forge.pullRequests({})).map(({ state, body }) => [state, body.includes("canon:resume")])).toEqual([["open", false]]);
});

it("create one ticket for each section", { timeout: 60_000 }, async () => {
  const { apply, atDesk, text } = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply") });
  await Promise.allSettled([1, 2].map(() => apply()));
  await apply();
  expect(await atDesk((desk) => desk.list())).toHaveLength(1);
  expect((await text(SPEC)).match(/canon:ticket/g)).toHaveLength(1);
});
