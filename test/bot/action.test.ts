/** `action.yml` as a workflow calls it, on every event that docs/bot.md names, with the vendor's example payloads. */

import { describe, expect, it } from "vitest";
import { action, workflowStage } from "./workflow-stage.ts";

const SPEC = "specs/payments.md";
const PAYMENTS = "# Payments\n\n## Refunds\n\n- [ ] Money is back within 14 days\n";

/** Words of the log, one line per thing that was done. */
const APPLY = /(changes? applied|Nothing was to be applied)/;
const PULL = /(Nothing to propose|opened|left alone|updated|withdrawn)/;

describe("action.yml", () => {
  it("is one step of a plain shell, and what a runner puts in comes as environment", () => {
    const [step] = action.runs.steps;
    expect(action.runs.steps).toHaveLength(1);
    expect(Object.keys(action.inputs)).toEqual(["token", "working-directory"]);
    expect(step?.run).not.toContain("${{");
    expect(step?.env).toEqual({ GITHUB_TOKEN: "${{ inputs.token }}" });
  });

  it("plans, applies and pulls on the events of a pull request's life", { timeout: 240_000 }, async () => {
    const { github, on, pull, pushed, linear } = await workflowStage({ [SPEC]: PAYMENTS });
    const olga = await github.person("olga", "admin");
    await olga.push("keys", [{ path: SPEC, content: `${PAYMENTS}\n## Keys\n\n- [ ] Old ones stop\n` }]);
    const number = await olga.open({ title: "Keys", head: "keys" });
    const said = async (): Promise<readonly string[]> => (await github.forge.comments(number)).map(({ body }) => body);

    expect(await on({ name: "pull_request", action: "opened", fill: await pull(number) })).toMatchObject({
      status: 0,
      out: expect.stringContaining(`#${number}: 2 creates`),
    });
    expect(await said()).toHaveLength(1);
    const [plan] = await said();
    // A job on pull_request_target says the same, and nothing twice.
    expect(await on({ name: "pull_request_target", action: "reopened", fill: await pull(number) })).toMatchObject({
      status: 0,
      out: expect.stringContaining("2 creates"),
    });
    expect(await said()).toEqual([plan]);

    await olga.push("keys", [{ path: SPEC, content: `${PAYMENTS}\n## Keys\n\n- [ ] Old ones stop\n\n## Limits\n` }]);
    expect(await on({ name: "pull_request", action: "synchronize", fill: await pull(number) })).toMatchObject({
      status: 0,
      out: expect.stringContaining("3 creates"),
    });
    expect((await said()).filter((body) => body.includes("Limits"))).toHaveLength(1);
    const labeled = await on({ name: "pull_request", action: "labeled", fill: await pull(number) });
    expect(labeled).toEqual({ status: 0, out: "Nothing to do on pull_request.\n", asked: 0 });
    expect(linear.people.keys()).toEqual([]);

    await olga.merge(number);
    const merged = await pull(number);
    expect(merged["pull_request"]).toMatchObject({ merged: true });
    expect(await on({ name: "pull_request", action: "closed", fill: merged })).toMatchObject({ status: 0, out: "0 proposals are open.\n", asked: 0 });
    const applied = await on({ name: "push", fill: await pushed() });
    expect(applied).toMatchObject({ status: 0, out: expect.stringContaining("3 changes applied.") });
    expect(linear.people.keys()).toHaveLength(3);

    // The markers came as the bot's own commit: it is looked at again, nothing is written, and nothing is proposed.
    const main = await github.forge.head("refs/heads/main");
    const own = await on({ name: "push", sender: github.account, fill: await pushed() });
    expect(own).toMatchObject({ status: 0, out: expect.stringMatching(APPLY) });
    expect(own.out).not.toMatch(PULL);
    expect(await github.forge.head("refs/heads/main")).toBe(main);

    for (const event of [{ name: "schedule" }, { name: "workflow_dispatch", fill: { ref: "refs/heads/main" } }]) {
      const { status, out } = await on(event);
      expect([status, out]).toEqual([0, "Nothing was to be applied.\nNothing to propose: the specs say what the tickets say.\n"]);
    }
    expect(await on({ name: "schedule", at: github.first })).toMatchObject({ status: 0, out: expect.stringContaining("This clone is not what main is now") });
    for (const [name, did] of [
      ["issues", "opened"],
      ["issue_comment", "created"],
    ] as const) {
      const told = await on({ name, action: did, sender: github.account });
      expect(told).toEqual({ status: 0, out: `Nothing to do on ${name}.\n`, asked: 0 });
    }
  });

  it("leaves alone what is closed unmerged, and asks no tracker for a fork", { timeout: 120_000 }, async () => {
    const { github, on, pull, linear } = await workflowStage({ [SPEC]: PAYMENTS });
    const olga = await github.person("olga", "admin");
    await olga.push("keys", [{ path: SPEC, content: `${PAYMENTS}\n## Keys\n` }]);
    const number = await olga.open({ title: "Keys", head: "keys" });
    await olga.close(number);
    const closed = await pull(number);
    expect(closed["pull_request"]).toMatchObject({ merged: false, state: "closed" });
    expect(await on({ name: "pull_request", action: "closed", fill: closed })).toMatchObject({ status: 0, asked: 0 });

    const mallory = await github.person("mallory", "read");
    const content = `${PAYMENTS}\n## Keys\n<!-- canon:system:keys status:dnoe -->\n`;
    const config = { path: "canon.config.yaml", content: "throw: everything\n" };
    const fork = await mallory.openFromFork({ title: "Mine", branch: "mine", files: [config, { path: SPEC, content }] });
    const event = await pull(fork);
    expect(event["pull_request"]).toMatchObject({ head: { repo: { fork: true } } });
    for (const [name, mayWrite] of [
      ["pull_request", false],
      ["pull_request_target", true],
    ] as const)
      expect(await on({ name, action: "opened", sender: "mallory", fill: event, mayWrite })).toMatchObject({
        // Its specs have errors: where no check can be set, the job itself is red.
        status: mayWrite ? 0 : 1,
        asked: 0,
        out: expect.stringContaining("comes from a fork"),
      });
    expect(await github.forge.comments(fork)).toEqual([]);
    expect(linear.people.keys()).toEqual([]);
  });

  it("hears answers in the issue with its questions, and nothing that is said elsewhere", { timeout: 120_000 }, async () => {
    const { github, on, pushed, linear } = await workflowStage({ [SPEC]: `${PAYMENTS}\n## Keys\n` }, "enabled: true, on_moved: apply");
    await github.person("olga", "admin");
    expect(await on({ name: "push", fill: await pushed() })).toMatchObject({ status: 0, out: expect.stringContaining("2 changes applied.") });
    const [parent = ""] = linear.people.keys();
    await github.pass(60_000);
    const key = linear.people.create({ title: "Key ceremony", parent });
    expect(await on({ name: "schedule" })).toMatchObject({ status: 0, out: expect.stringContaining("1 question waits for an answer") });
    const [asked] = await github.forge.threads({ author: github.account, label: "canon" });
    const number = asked?.number ?? 0;
    const olga = await github.person("olga");
    const elsewhere = await olga.openThread({ title: "Else", body: "" });
    expect(await on({ name: "issue_comment", action: "created", fill: { issue: { number: elsewhere } } })).toMatchObject({
      ...{ status: 0, asked: 0 },
      out: `#${elsewhere} is not where Canon asks.\n`,
    });
    // Whoever may not write is not heard.
    await (await github.person("mallory", "read")).comment(number, `/canon answer ${key} out-of-scope`);
    expect(await on({ name: "issue_comment", action: "created", sender: "mallory", fill: { issue: { number } } })).toMatchObject({ status: 0 });
    expect(linear.people.show(key).labels).toEqual([]);
    await olga.comment(number, `/canon answer ${key} out-of-scope`);
    expect(await on({ name: "issue_comment", action: "created", fill: { issue: { number } } })).toMatchObject({
      status: 0,
      out: expect.stringContaining("1 answer heard."),
    });
    expect(linear.people.show(key).labels).toEqual(["canon-ignore"]);
    const edited = { issue: { number }, changes: { body: { from: "as it was" } } };
    expect(await on({ name: "issues", action: "edited", fill: edited })).toMatchObject({ status: 0, out: "Nobody has answered anything new.\n" });
  });
});
