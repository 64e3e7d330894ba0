/** The issue with the bot's questions on an emulated GitHub, by jobs that run `action.yml` on the vendor's own events: who answers in a browser sees it done. */

import { expect, it } from "vitest";
import type { Thread } from "../../src/forges/forge.ts";
import { ticked } from "../forges/stage.ts";
import { workflowStage } from "./workflow-stage.ts";

const SPEC = "specs/payments.md";

it("asks, and carries out what is ticked and commented", { timeout: 240_000 }, async () => {
  const { github, on, pull, pushed, linear } = await workflowStage({ [SPEC]: "# Payments\n" });
  const olga = await github.person("olga", "admin");
  await olga.push("refunds", [{ path: SPEC, content: "# Payments\n\n## Refunds\n\nMoney back.\n" }]);
  const spec = await olga.open({ title: "Refunds", head: "refunds" });
  expect(await on({ name: "pull_request", action: "opened", fill: await pull(spec) })).toMatchObject({ status: 0 });
  await olga.merge(spec);
  expect(await on({ name: "push", fill: await pushed() })).toMatchObject({ status: 0, out: expect.stringContaining("1 change applied.") });
  const [parent = ""] = linear.people.keys();
  await github.pass(60_000);
  const [one, two] = ["Key ceremony <!-- @olga -->", "Money laundering"].map((title) => linear.people.create({ title, body: "", parent }));
  if (one === undefined || two === undefined) throw new Error("two were made");

  const asked = await on({ name: "schedule" });
  expect(asked).toMatchObject({ status: 0, out: expect.stringMatching(/^2 questions wait for an answer: http\S+\/issues\/\d+$/m) });
  const issue = async (): Promise<Thread> => {
    const [found, another] = await github.forge.threads({ author: github.account, label: "canon" });
    if (found === undefined || another !== undefined) throw new Error("not exactly one issue");
    return found;
  };
  const { number, body } = await issue();
  expect(body).not.toMatch(/@olga|<!-- @/);
  const fill = { issue: { number } };

  // What the bot does itself, and what happens elsewhere, is nothing.
  expect(await on({ name: "issues", action: "edited", sender: github.account, fill })).toMatchObject({ status: 0, asked: 0 });
  expect(await on({ name: "issues", action: "edited", fill: { issue: { number: number + 50 } } })).toMatchObject({ status: 0, asked: 0 });

  await olga.edit(number, { body: ticked(body, "**out-of-scope**").replaceAll("\n", "\r\n") });
  const edited = await on({ name: "issues", action: "edited", fill });
  expect(edited).toMatchObject({ status: 0, out: "1 answer heard.\n" });
  expect(linear.people.show(one).labels).toEqual(["canon-ignore"]);
  expect((await issue()).body).toMatch(/- \S+: \*\*out-of-scope\*\*, by a tick/);

  const mallory = await github.person("mallory", "read");
  await mallory.comment(number, `/canon answer ${two} out-of-scope`);
  expect(await on({ name: "issue_comment", action: "created", sender: "mallory", fill })).toMatchObject({
    status: 0,
    out: "Nobody has answered anything new.\n",
  });
  await olga.comment(number, `/canon answer ${two} add ${SPEC}#refunds`);
  expect(await on({ name: "issue_comment", action: "created", fill })).toMatchObject({ status: 0, out: "1 answer heard.\n" });
  const [request, another] = await github.forge.pullRequests({ state: "open" });
  expect([request?.title, another]).toEqual(["Canon: 1 answer to its questions", undefined]);
  expect((await issue()).body).toContain(`by olga, 2026-01-05: waits in #${request?.number}`);

  await olga.merge(request?.number ?? 0);
  expect(await on({ name: "push", fill: await pushed() })).toMatchObject({ status: 0 });
  expect(await issue()).toMatchObject({ number, open: false });
  const quiet = await github.forge.head("refs/canon/bot");
  expect(await on({ name: "schedule" })).toMatchObject({ status: 0, out: expect.stringContaining("Nothing to propose") });
  expect(await github.forge.head("refs/canon/bot")).toBe(quiet);
});

it("goes on where issues are turned off: the log says how many questions wait, and nothing fails", { timeout: 120_000 }, async () => {
  const { github, on, pushed, linear } = await workflowStage({ [SPEC]: "# Payments\n\n## Refunds\n" }, "enabled: true, on_moved: apply");
  github.github.enableIssues(github.github.project, false);
  expect(await on({ name: "push", fill: await pushed() })).toMatchObject({ status: 0, out: expect.stringContaining("Nothing to propose") });
  const [parent = ""] = linear.people.keys();
  await github.pass(60_000);
  linear.people.create({ title: "Key ceremony", parent });
  expect(await on({ name: "schedule" })).toMatchObject({ status: 0, out: expect.stringContaining("1 question waits for an answer: issues are turned off") });
});
