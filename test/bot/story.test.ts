/** The story of the bot from the outside: a spec pull request is planned, merged and applied; a change in the tracker comes back as one; then all is quiet. */

import { expect, it } from "vitest";
import { botStage, SPEC } from "./bot-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";
const AFTER = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n- [ ] to the same card\n\n## Keys\n\nKeys live for a day.\n";

it("plans, applies, brings markers back, proposes, and is quiet in the end", async () => {
  const { dana, plan, apply, pull, atDesk, text, said, stage } = await botStage({ [SPEC]: BEFORE });

  await dana.push("feature", [{ path: SPEC, content: AFTER }]);
  const number = await dana.open({ title: "Keys", head: "feature" });
  expect(await plan(number)).toMatchObject({ state: "planned", checked: true });
  const [comment] = await said(number);
  expect(comment).toContain("2 creates");
  expect(await atDesk((desk) => desk.list())).toEqual([]);

  await dana.merge(number);
  expect(await apply()).toMatchObject({ exitCode: 0, applied: 2, waiting: [], markers: { state: "committed" } });
  expect((await atDesk((desk) => desk.list())).map(({ title }) => title)).toEqual(["Refunds", "Keys"]);
  expect((await text(SPEC)).match(/canon:ticket:local:PAY-\d/g)).toHaveLength(2);
  expect((await said(number)).join()).toContain("2 changes applied");

  await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "a receipt is sent" }));
  const [proposed] = await pull();
  expect(proposed).toMatchObject({ spec: SPEC, state: "opened" });
  const [request] = await stage.forge.pullRequests({ state: "open" });
  const before = await text(SPEC);
  const after = await text(SPEC, request?.head.branch);
  expect(after.split("\n").filter((line) => !before.includes(line))).toEqual(["- [ ] a receipt is sent"]);
  expect(after.split("\n")).toHaveLength(before.split("\n").length + 1);

  await dana.merge(request?.number ?? 0);
  expect(await text(SPEC)).toBe(after);
  expect(await apply()).toMatchObject({ exitCode: 0, applied: 0, waiting: [], markers: null });
  expect(await pull()).toEqual([]);
});
