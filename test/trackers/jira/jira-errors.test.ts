/** What Jira refuses or loses, told as what it was: kinds, words, and what to do next. */

import { afterEach, describe, expect, it } from "vitest";
import { TrackerError } from "../../../src/trackers/tracker-error.ts";
import type { Outcome } from "../../../src/trackers/tracker.ts";
import type { JiraEmulatorOptions } from "../../emulators/jira/jira-options.ts";
import { createOne, done, draft, shapeOf } from "../../conformance/stage.ts";
import { jiraStage, type JiraGiven, type JiraStage } from "./jira-stage.ts";

const open: JiraStage[] = [];

async function stageOf(given: JiraEmulatorOptions = {}, opening: JiraGiven = {}): Promise<JiraStage> {
  const stage = await jiraStage(given, opening);
  open.push(stage);
  return stage;
}

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

function refusalOf(outcome: Outcome | undefined): { readonly kind: string; readonly message: string; readonly hint: string } {
  if (outcome?.state !== "refused") throw new Error(`not refused: ${outcome?.state}`);
  return { kind: outcome.error.kind, message: outcome.error.message, hint: outcome.error.hint ?? "" };
}

it("tells somebody who gave an e-mail with a token of Data Center to leave it out", async () => {
  const error = await failureOf(await stageOf({ flavour: "data-center" }), { env: { JIRA_EMAIL: "dana@acme.example" } });
  expect(error).toMatchObject({ kind: "auth", hint: expect.stringContaining("on Data Center a personal access token without JIRA_EMAIL") });
});

for (const flavour of ["cloud", "data-center"] as const) {
  describe(`errors of Jira, ${flavour}`, () => {
    it("says which credential is wrong, and never shows it", async () => {
      const stage = await stageOf({ flavour });
      for (const token of ["nobody-knows-this", stage.emulator.tokens.expired]) {
        const error = await failureOf(stage, { env: { JIRA_API_TOKEN: token } });
        expect(error).toMatchObject({ kind: "auth", hint: expect.stringContaining("JIRA_API_TOKEN") });
        expect(`${error.message} ${error.hint}`).not.toContain(token);
      }
      expect(await failureOf(stage, { env: { JIRA_API_TOKEN: undefined } })).toMatchObject({
        kind: "auth",
        message: expect.stringContaining("JIRA_API_TOKEN"),
      });
    });

    it("says what a token that may only read lacks", async () => {
      const stage = await stageOf({ flavour });
      const tracker = await stage.again({ env: { JIRA_API_TOKEN: stage.emulator.tokens.narrow } });
      const [outcome] = await tracker.create([draft(stage)]);
      expect(refusalOf(outcome)).toMatchObject({
        kind: "forbidden",
        hint: expect.stringMatching(flavour === "cloud" ? /write:jira-work/ : /permission Create Issues/),
      });
    });

    it("names the projects there are, the nearest first", async () => {
      const stage = await stageOf({ flavour });
      const check = await (await stage.again({ target: { project: "PYA" } })).check();
      expect(check).toMatchObject({ ok: false, error: { kind: "not-found", message: expect.stringContaining("PYA") } });
      if (!check.ok) expect(check.error.hint).toMatch(/It sees PAY, OPS/);
    });

    it("tells granted from needed permissions", async () => {
      const stage = await stageOf({ flavour });
      stage.emulator.deny("EDIT_ISSUES");
      const check = await stage.tracker.check();
      if (!check.ok) throw check.error;
      expect(check.needed.filter((name) => !check.granted.includes(name))).toEqual(["EDIT_ISSUES"]);
    });

    it("refuses a type the project lacks, a long title and a blank one each by itself", async () => {
      const stage = await stageOf({ flavour });
      const outcomes = await stage.tracker.create([
        draft(stage, { type: "Story" }),
        draft(stage, { type: "Stroy" }),
        draft(stage, { title: "x".repeat(300) }),
        draft(stage, { title: " " }),
      ]);
      expect(outcomes.map(({ state }) => state)).toEqual(["done", "refused", "refused", "refused"]);
      expect(refusalOf(outcomes[1])).toMatchObject({ kind: "invalid", hint: expect.stringContaining("Story") });
      expect(refusalOf(outcomes[2])).toMatchObject({ kind: "invalid", message: expect.stringContaining("255") });
    });

    it("sends no text that cannot fit", async () => {
      const stage = await stageOf({ flavour });
      const { key } = await createOne(stage);
      const sent = stage.emulator.requests.length;
      const body = "x".repeat(70_000);
      expect(refusalOf((await stage.tracker.create([draft(stage, { body })]))[0])).toMatchObject({
        kind: "invalid",
        message: expect.stringContaining("32767"),
      });
      expect(refusalOf((await stage.tracker.update([{ key, expectRevision: null, body }]))[0])).toMatchObject({ kind: "invalid" });
      expect(stage.emulator.requests.slice(sent).filter(({ method }) => method !== "GET")).toEqual([]);
    });

    it("names a required field and the key of the configuration that fills it", async () => {
      const stage = await stageOf({ flavour, requiredFields: ["team", "components"] });
      const refused = refusalOf((await stage.tracker.create([draft(stage)]))[0]);
      expect(refused).toMatchObject({ kind: "invalid", message: expect.stringContaining("Team Name") });
      expect(refused.hint).toMatch(/create_fields: \{.*Team Name: ….*\}/);
      const extra = { components: ["Payments"], "team name": "Checkout" };
      done((await stage.tracker.create([draft(stage, { extra })]))[0]);
      const wrong = refusalOf((await stage.tracker.create([draft(stage, { extra: { ...extra, componets: [] } })]))[0]);
      expect(wrong).toMatchObject({ kind: "invalid", message: expect.stringContaining("componets") });
    });

    it("a server that fails leaves a create in doubt, and the ones behind it unsent", async () => {
      const stage = await stageOf({ flavour });
      for (const kind of ["unavailable", "html", "garbage"] as const) {
        stage.emulator.setFaults([{ operation: "create", nth: 1, kind }]);
        const [outcome] = await stage.tracker.create([draft(stage)]);
        expect([kind, outcome?.state]).toEqual([kind, "unknown"]);
      }
      expect(stage.emulator.requests.filter(({ operation }) => operation === "create")).toHaveLength(3);
    });

    it("a limit turns a batch away, and says when to come back", async () => {
      const stage = await stageOf({ flavour });
      const size = stage.tracker.capabilities.batch.create;
      stage.emulator.setFaults([{ operation: "create", nth: 1, kind: "rate-limited", ms: 7_000 }]);
      const outcomes = await stage.tracker.create(Array.from({ length: size * 2 }, () => draft(stage)));
      expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(["unsent"]));
      expect(outcomes.at(-1)).toMatchObject({ error: { kind: "rate-limited", retryAfter: expect.any(Number) } });
      expect(stage.emulator.requests.filter(({ operation }) => operation === "create")).toHaveLength(1);
    });

    it("sends credentials to no other host", async () => {
      const stage = await stageOf({ flavour });
      await shapeOf(stage);
      stage.emulator.setFaults([{ operation: "create", nth: 1, kind: "redirect" }]);
      const [outcome] = await stage.tracker.create([draft(stage)]);
      expect(outcome).toMatchObject({ state: "unsent", error: { message: expect.stringContaining("elsewhere.invalid") } });
    });

    it("a step that the workflow lacks is refused with those it has", async () => {
      const stage = await stageOf({ flavour, workflow: "strict" });
      const { key } = await createOne(stage, { type: "Task" });
      const refused = refusalOf((await stage.tracker.transition([{ key, expectRevision: null, to: "Done", walk: false }]))[0]);
      expect(refused).toMatchObject({ kind: "invalid", message: `${key}: the workflow has no step from To Do to Done.` });
      expect(refused.hint).toContain("In Progress");
    });

    it("an edit that is not allowed names the permission", async () => {
      const stage = await stageOf({ flavour });
      const { key } = await createOne(stage);
      stage.emulator.deny("EDIT_ISSUES");
      const refused = refusalOf((await stage.tracker.update([{ key, expectRevision: null, title: "New" }]))[0]);
      expect(["forbidden", "invalid"]).toContain(refused.kind);
      expect(refused.message).toMatch(new RegExp(`^${key}: Jira says: `));
    });
  });
}

describe("the address of a Jira", () => {
  it("may come from base_url or JIRA_HOST, with or without scheme; nothing else", async () => {
    const stage = await stageOf();
    const host = stage.emulator.url.replace("http://", "");
    expect((await stage.again({ target: { baseUrl: `${stage.emulator.url}/` } })).identity).toBe(`jira:${host}/PAY`);
    expect((await stage.again({ target: { project: "pay" } })).identity).toBe(`jira:${host}/PAY`);
    for (const baseUrl of ["ftp://acme.example", "https://dana:secret@acme.example", "https://"]) {
      expect(await failureOf(stage, { target: { baseUrl } })).toMatchObject({ kind: "invalid", message: expect.not.stringContaining("secret") });
    }
    expect(await failureOf(stage, { env: { JIRA_HOST: "127.0.0.1:1" } })).toMatchObject({ kind: "unavailable" });
  });
});

/** What opening or checking fails with. */
async function failureOf(stage: JiraStage, given: JiraGiven): Promise<TrackerError> {
  try {
    const check = await (await stage.again(given)).check();
    if (!check.ok) return check.error;
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
  throw new Error("it worked");
}
