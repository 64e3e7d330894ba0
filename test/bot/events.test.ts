/** What the events of a workflow ask for, and what of it is read from the vendor's own example payloads. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { array, object, record, string, unknown } from "zod/mini";
import { eventSteps, type BotStep } from "../../src/core/bot/event-steps.ts";
import { readEvent } from "../../src/operations/bot/read-event.ts";
import { workflowEvent, type EventWish } from "../emulators/github/workflow-event.ts";
import { tempFolder } from "../io/temp-folder.ts";
import { gitStage } from "../forges/git-stage.ts";

const event = (name: string, given: Partial<Parameters<typeof eventSteps>[0]> = {}): readonly BotStep["do"][] =>
  eventSteps({ name, action: null, number: null, branch: null, ref: null, isOwn: false, isOwnCommit: false, ...given }, "main").map((step) => step.do);

describe("a step", () => {
  it.for([
    ["a pull request is opened", event("pull_request", { action: "opened", number: 7 }), ["plan"]],
    ["a commit is pushed to it", event("pull_request_target", { action: "synchronize", number: 7 }), ["plan"]],
    ["a label is put on it", event("pull_request", { action: "labeled", number: 7 }), []],
    ["it is merged or closed", event("pull_request", { action: "closed", number: 7 }), ["follow"]],
    ["main is pushed to", event("push", { ref: "refs/heads/main" }), ["apply", "pull"]],
    ["another branch is pushed to", event("push", { ref: "refs/heads/canon/sync/a" }), []],
    ["a tag named main is pushed", event("push", { ref: "refs/tags/main" }), []],
    ["time has come", event("schedule"), ["apply", "pull"]],
    ["somebody starts it by hand", event("workflow_dispatch", { ref: "refs/heads/main" }), ["apply", "pull"]],
    ["somebody starts it by hand elsewhere", event("workflow_dispatch", { ref: "refs/heads/feature" }), ["pull"]],
    ["a person pushes to a proposal", event("pull_request", { action: "synchronize", number: 7, branch: "canon/sync/a" }), ["follow", "plan"]],
    ["a person ticks a box in it", event("pull_request", { action: "edited", number: 7, branch: "canon/sync/a" }), ["follow", "plan"]],
    ["something else happens", event("issues", { action: "opened" }), []],
  ] as const)("when %s", ([, steps, expected]) => {
    expect(steps).toEqual(expected);
  });
});

/** What the bot did itself must never go in circles. */
describe("of what the bot did itself", () => {
  const own = (name: string, given: Parameters<typeof event>[1]): readonly BotStep["do"][] =>
    event(name, { number: 7, branch: "canon/sync/a", isOwn: true, ...given });
  const main = { ref: "refs/heads/main" };
  it.for([
    ["its pull request is planned: the check may be required", own("pull_request", { action: "opened" }), ["plan"]],
    ["so is its next commit there", own("pull_request", { action: "synchronize" }), ["plan"]],
    ["its words there are not", own("pull_request", { action: "edited" }), []],
    ["nor that it closed it", own("pull_request", { action: "closed" }), []],
    ["its markers are applied again and nothing is proposed", own("push", { ...main, isOwnCommit: true }), ["apply"]],
    ["its account in other hands is anybody", own("push", main), ["apply", "pull"]],
    ["its commit that a person brought is that person's", event("push", { ...main, isOwnCommit: true }), ["apply", "pull"]],
    ["its comment is nothing", own("issue_comment", { action: "created" }), []],
    ["its thread is nothing", own("issues", { action: "edited" }), []],
    ["time comes all the same", own("schedule", {}), ["apply", "pull"]],
  ] as const)("%s", ([, steps, expected]) => {
    expect(steps).toEqual(expected);
  });
});

it("the workflow in docs/bot.md starts for nothing else, and stands on the default branch", async () => {
  const [, written = ""] = /^```yaml\n(# \.github\/workflows[^]*?)^```$/m.exec(await readFile(join(import.meta.dirname, "../../docs/bot.md"), "utf8")) ?? [];
  const schema = object({ on: record(string(), unknown()), jobs: record(string(), object({ steps: array(unknown()) })) });
  const { on, jobs } = schema.parse(parse(written));
  const types = object({ types: array(string()) });
  const shared = { number: 7, ref: "refs/heads/main" };
  for (const [name, filter] of Object.entries(on)) {
    const found = types.safeParse(filter);
    for (const action of found.success ? found.data.types : [null])
      expect([name, action, event(name, { ...shared, action }).length > 0]).toEqual([name, action, true]);
  }
  expect(jobs["canon"]?.steps[0]).toMatchObject({ with: { ref: "${{ github.event.repository.default_branch }}" } });
});

describe("the file of an event", () => {
  it("is read for what decides, and nothing else is needed", { timeout: 60_000 }, async () => {
    const stage = await gitStage();
    const file = join(await tempFolder(), "event.json");
    const read = (name: string): ReturnType<typeof readEvent> => readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file }, stage);
    const steps = async (wish: EventWish): Promise<unknown> => {
      await writeFile(file, JSON.stringify(workflowEvent(wish)));
      const event = await read(wish.name);
      return event.ok ? event.steps : event.message;
    };
    const number = 7;
    const pull = { number, pull_request: { number } };
    const [dana, bot] = [{ sender: { login: "dana" } }, { sender: { login: stage.account } }];
    const push = { ref: "refs/heads/main", head_commit: { message: `Canon: markers of new tickets\n\nCanon-Bot: markers ${"0".repeat(64)}\n` } };
    expect(await steps({ name: "pull_request", action: "opened", fill: { ...pull, ...dana } })).toEqual([{ do: "plan", number }]);
    expect(await steps({ name: "pull_request", action: "closed", fill: { ...pull, ...bot } })).toEqual([]);
    expect(await steps({ name: "pull_request", action: "opened", fill: { ...pull, ...dana, action: "edited", changes: {} } })).toEqual([
      { do: "plan", number },
    ]);
    expect(await steps({ name: "push", action: null, fill: { ...push, ...dana } })).toEqual([{ do: "apply" }, { do: "pull" }]);
    expect(await steps({ name: "push", action: null, fill: { ...push, ...bot } })).toEqual([{ do: "apply" }]);
    expect(await steps({ name: "push", action: null, fill: { ...push, ref: "refs/heads/other" } })).toEqual([]);
    expect(await steps({ name: "schedule", action: null, fill: {} })).toEqual([{ do: "apply" }, { do: "pull" }]);
    expect(await steps({ name: "workflow_dispatch", action: null, fill: { ref: "refs/heads/main" } })).toEqual([{ do: "apply" }, { do: "pull" }]);
    expect(await steps({ name: "issue_comment", action: "created", fill: bot })).toEqual([]);
    expect(() => workflowEvent({ name: "pull_request", action: "opened", fill: { number: "seven" } })).toThrow("GitHub would not send this");
    await writeFile(file, "[]");
    expect(await read("push")).toMatchObject({ ok: false, message: expect.stringContaining("no event of GitHub") });
    expect(await readEvent({}, stage)).toMatchObject({ ok: false, message: expect.stringContaining("GITHUB_EVENT_NAME") });
    await stage.end();
  });
});
