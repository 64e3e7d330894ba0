/** What people hear when Azure says no, and what becomes of writes that it never answered. */

import { afterEach, describe, expect, it } from "vitest";
import type { TrackerError } from "../../../src/trackers/tracker-error.ts";
import { createOne, done, draft } from "../../conformance/stage.ts";
import type { AzureEmulatorOptions } from "../../emulators/azure/azure-options.ts";
import { azureStage, type AzureStage, type Given } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

async function open(options: AzureEmulatorOptions = {}, given: Given = {}): Promise<AzureStage> {
  stage = await azureStage(options, given);
  return stage;
}

async function failedCheck(): Promise<TrackerError> {
  const check = await stage.tracker.check();
  if (check.ok) throw new Error("the check passed");
  return check.error;
}

const TOKEN = { wrong: "azpatwrong000000000000000000000000000000000000000000", expired: "azpatpast0000000000000000000000000000000000000000000" };
const NARROW = { readOnly: "azpatread0000000000000000000000000000000000000000000", code: "azpatcode0000000000000000000000000000000000000000000" };

describe("tokens", () => {
  it.each([
    ["the sign-in page for a wrong token", 203, TOKEN.wrong],
    ["a refusal of a wrong token", 401, TOKEN.wrong],
    ["a token that has expired", 203, TOKEN.expired],
  ] as const)("%s is told as such, and never shown", async (_, wrongToken, secret) => {
    await open({ wrongToken }, { env: { AZURE_DEVOPS_PAT: secret } });
    const error = await failedCheck();
    expect(error).toMatchObject({ kind: "auth", hint: expect.stringContaining("AZURE_DEVOPS_PAT") });
    expect(error.message).toMatch(/token/i);
    expect(`${error.message} ${error.hint}`).not.toContain(secret);
    expect((await stage.tracker.create([draft(stage)]))[0]).toMatchObject({ state: "refused", error: { kind: "auth" } });
    await expect(stage.tracker.read({ keys: ["1"] })).rejects.toMatchObject({ kind: "auth" });
  });

  it("one without the scope is told which scope it lacks", async () => {
    await open({}, { env: { AZURE_DEVOPS_PAT: NARROW.code } });
    expect(await failedCheck()).toMatchObject({ kind: "forbidden", hint: expect.stringContaining("Work Items (Read & write)") });
  });

  it("one that may only read reads, and is told at the first write what it lacks", async () => {
    await open({}, { env: { AZURE_DEVOPS_PAT: NARROW.readOnly } });
    expect(await stage.tracker.check()).toMatchObject({ ok: true, needed: ["Work Items (Read & write)"] });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "forbidden", hint: expect.stringContaining("Work Items (Read & write)") } });
  });

  it("without one nothing is opened", async () => {
    await expect(open({}, { env: { AZURE_DEVOPS_PAT: " " } })).rejects.toMatchObject({ kind: "auth", message: expect.stringContaining("AZURE_DEVOPS_PAT") });
    stage = await azureStage();
  });
});

describe("refusals", () => {
  it("of an account without the permission name it", async () => {
    await open({ mayWrite: false });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "forbidden", hint: expect.stringContaining("Edit work items in this node") } });
  });

  it("an unknown project is told with those there are, the nearest first", async () => {
    await open({}, { target: { project: "fabrikam/Web Shops" } });
    expect(await failedCheck()).toMatchObject({ kind: "not-found", hint: "There are Web Shop, Payments." });
  });

  it("an unknown organisation is told as such", async () => {
    await open({}, { target: { project: "nobody/Payments" }, env: { AZURE_DEVOPS_ORG_URL: "http://127.0.0.1:1/nobody" } });
    expect(await failedCheck()).toMatchObject({ kind: "unavailable" });
  });

  it("a required field is named with the line that sets it, and that line works", async () => {
    await open({ requiredFields: { "User Story": ["Custom.Component"] } });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("Custom.Component") } });
    expect(outcome?.state === "refused" && outcome.error.hint).toContain('create_fields: { "Custom.Component": … }');
    await createOne(stage, { extra: { "Custom.Component": "Payments" } });
  });

  it("an unknown type is told with those there are", async () => {
    await open();
    const [outcome] = await stage.tracker.create([draft(stage, { type: "Storey" })]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", hint: expect.stringContaining("Epic, Feature, User Story, Bug, Task") } });
  });

  it("a title of 300 characters is refused by name, a text of 70,000 is taken, one beyond the limit is not even sent", async () => {
    await open();
    const [long] = await stage.tracker.create([draft(stage, { title: "x".repeat(300) })]);
    expect(long).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("Title") } });
    await createOne(stage, { body: "word ".repeat(14_000) });
    const before = stage.emulator.requests.length;
    const [outcome] = await stage.tracker.create([draft(stage, { body: "x".repeat(100_001) })]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("100001") } });
    expect(stage.emulator.requests).toHaveLength(before);
  });

  it("a label that would be two tags is not sent", async () => {
    await open();
    const [outcome] = await stage.tracker.create([draft(stage, { labels: ["a;b"] })]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining('"a;b"') } });
  });

  it("a project that lets nobody make tags says so", async () => {
    await open({ mayCreateTags: false });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "forbidden", message: expect.stringContaining("create tags") } });
  });
});

describe("answers that are none", () => {
  it.each(["html", "unavailable", "garbage", "drop-answer"] as const)("%s leaves a create in doubt, and sends it once", async (kind) => {
    await open();
    await stage.tracker.check();
    stage.emulator.setFaults([{ operation: "create", nth: 1, kind }]);
    const before = stage.emulator.requests.length;
    expect((await stage.tracker.create([draft(stage)]))[0]).toMatchObject({ state: "unknown", error: { kind: "unknown-outcome" } });
    expect(stage.emulator.requests.length - before).toBe(1);
  });

  it("html from a gateway on a read is asked for again, and then an error", async () => {
    await open();
    const { key } = await createOne(stage);
    stage.emulator.setFaults([1, 2, 3].map((nth) => ({ operation: "read", nth, kind: "html" }) as const));
    await expect(stage.tracker.read({ keys: [key] })).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("a redirect to another host takes no token there", async () => {
    await open();
    await stage.tracker.check();
    stage.emulator.setFaults([{ operation: "create", nth: 1, kind: "redirect" }]);
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "unsent", error: { message: expect.stringContaining("elsewhere.invalid") } });
  });
});

it("a write before which the project cannot be read is unsent, and writes nothing", async () => {
  await open();
  const { key } = await createOne(stage);
  const fresh = await stage.again();
  stage.emulator.setFaults([1, 2, 3, 4, 5, 6, 7, 8, 9].map((nth) => ({ operation: "check", nth, kind: "unavailable" }) as const));
  const [outcome] = await fresh.link([{ key, url: "https://forge.example/1", title: "One", kind: "other" }]);
  expect(outcome).toMatchObject({ state: "unsent" });
  expect(stage.emulator.people.show(key).links.some((link) => link.includes("forge.example"))).toBe(false);
});

describe("limits", () => {
  it("one in the middle of a batch leaves the rest unsent, with the time to wait", async () => {
    await open();
    await stage.tracker.check();
    stage.emulator.setFaults([{ operation: "create", nth: 201, kind: "rate-limited", ms: 30_000 }]);
    const drafts = Array.from({ length: 450 }, () => draft(stage));
    const outcomes = await stage.tracker.create(drafts);
    expect(outcomes.slice(0, 200).every(({ state }) => state === "done")).toBe(true);
    for (const outcome of outcomes.slice(200)) expect(outcome).toMatchObject({ state: "unsent", error: { kind: "rate-limited", retryAfter: 30 } });
    expect(stage.emulator.requests.filter(({ operation }) => operation === "create")).toHaveLength(2);
    await stage.pass(30_000);
    for (const outcome of await stage.tracker.create(drafts.slice(200))) done(outcome);
  });

  it("a slowed answer is obeyed: the next write waits as long as it says", async () => {
    await open({ rate: { limit: 0.5, blockAt: 100, delay: 1 } });
    const many = Array.from({ length: 30 }, () => draft(stage));
    for (const outcome of await stage.tracker.create(many)) done(outcome);
    expect((await stage.tracker.create([draft(stage)]))[0]).toMatchObject({ state: "unsent", error: { kind: "rate-limited", retryAfter: 1 } });
  });
});

it("no secret is in any error", async () => {
  await open();
  const secret = stage.emulator.credentials["AZURE_DEVOPS_PAT"] ?? "";
  const errors: unknown[] = [];
  for (const kind of ["html", "garbage", "rate-limited", "redirect", "refuse"] as const) {
    stage.emulator.setFaults([{ operation: "update", nth: 1, kind }]);
    const [outcome] = await stage.tracker.update([{ key: "5", expectRevision: null, title: secret }]);
    if (outcome && outcome.state !== "done") errors.push(outcome.error.message, outcome.error.hint);
    stage.emulator.clearFaults();
  }
  expect(errors.length).toBeGreaterThan(5);
  expect(JSON.stringify(errors)).not.toContain(secret);
  expect(JSON.stringify(errors)).not.toContain(Buffer.from(`:${secret}`).toString("base64"));
});
