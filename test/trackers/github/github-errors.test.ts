/** What goes wrong on GitHub, and what Canon says of it. */

import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { openGithubTracker } from "../../../src/trackers/github/github-tracker.ts";
import type { Check, Tracker } from "../../../src/trackers/tracker.ts";
import { createOne, done, draft, readOne } from "../../conformance/stage.ts";
import type { GithubEmulatorOptions } from "../../emulators/github/github-emulator.ts";
import { githubStage, MISSING, optionsFor, type GithubStage } from "./github-stage.ts";

const open: GithubStage[] = [];
afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

async function stageOf(options: GithubEmulatorOptions = {}): Promise<GithubStage> {
  const stage = await githubStage(options);
  open.push(stage);
  return stage;
}

async function checkWith({ emulator }: GithubStage, project: string, token = emulator.credentials["GITHUB_TOKEN"]): Promise<Check> {
  return (await openGithubTracker(optionsFor(emulator, { project }, { GITHUB_TOKEN: token, PATH: "" }))).check();
}

describe("access", () => {
  it("a wrong token is told, and stands in no message", async () => {
    const stage = await stageOf();
    const check = await checkWith(stage, stage.emulator.project, "ghp_wrongwrongwrong");
    expect(check).toMatchObject({ ok: false, error: { kind: "auth", hint: expect.stringContaining("GITHUB_TOKEN") } });
    expect(JSON.stringify(check.ok ? check : [check.error.message, check.error.hint])).not.toContain("ghp_wrong");
  });

  it("a token that expired is refused, whatever is asked", async () => {
    const stage = await stageOf();
    const token = stage.emulator.addToken({ expiresAt: stage.emulator.clock.now() - 1 });
    const tracker = await openGithubTracker(optionsFor(stage.emulator, {}, { GITHUB_TOKEN: token }));
    await expect(tracker.read({ managed: true })).rejects.toMatchObject({ kind: "auth" });
    expect(await tracker.create([draft(stage)])).toMatchObject([{ state: "refused", error: { kind: "auth" } }]);
  });

  it("the scope that a write lacks is named, and nothing is written", async () => {
    const stage = await stageOf({ token: { scopes: ["read:user"] } });
    const check = await stage.tracker.check();
    expect(check).toMatchObject({ ok: true, granted: ["read:user", "role: write"], needed: ["repo", "role: write"] });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({
      state: "refused",
      error: { kind: "forbidden", message: expect.stringContaining("public_repo"), hint: expect.stringContaining("Issues: read and write") },
    });
    expect(stage.emulator.people.keys()).toEqual([]);
  });

  it("a fine-grained token that may only read says so at the first write", async () => {
    const stage = await stageOf({ token: { kind: "fine-grained", permissions: { issues: "read", metadata: "read" } } });
    expect((await stage.tracker.create([draft(stage)]))[0]).toMatchObject({ state: "refused", error: { kind: "forbidden" } });
  });

  it("a repository that is not there is told with those there are, the nearest first", async () => {
    const stage = await stageOf();
    const check = await checkWith(stage, "acme/paymentz");
    expect(check).toMatchObject({
      ok: false,
      error: { kind: "not-found", message: expect.stringContaining("acme/paymentz"), hint: expect.stringMatching(/acme\/payments, .*acme\/platform/) },
    });
    expect(await checkWith(stage, "acme/secret")).toMatchObject({ ok: false, error: { kind: "not-found" } });
    await expect(checkWith(stage, "payments")).rejects.toMatchObject({ kind: "invalid", hint: expect.stringContaining("owner/repo") });
  });

  it("issues that are turned off are told with what to do", async () => {
    const stage = await stageOf({ issues: false });
    expect(await stage.tracker.check()).toMatchObject({ ok: false, error: { kind: "invalid", hint: expect.stringContaining("settings") } });
  });

  it.each(["read", "triage"] as const)("with the role %s nothing is created: GitHub would drop its labels in silence", async (role) => {
    const stage = await stageOf({ role });
    expect(await stage.tracker.check()).toMatchObject({ ok: true, granted: ["repo", `role: ${role}`], needed: ["repo", "role: write"] });
    const [outcome] = await stage.tracker.create([draft(stage)]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "forbidden", message: expect.stringContaining(`the role ${role}`) } });
    expect(stage.emulator.people.keys()).toEqual([]);
  });

  it("of an app no role is asked, because GitHub tells none", async () => {
    const stage = await stageOf();
    const token = stage.emulator.addToken({ kind: "installation" });
    const tracker = await openGithubTracker(optionsFor(stage.emulator, {}, { GITHUB_TOKEN: token }));
    expect(await tracker.check()).toMatchObject({ ok: true, granted: [], needed: [] });
    expect(await tracker.create([draft(stage, { labels: ["api"] })])).toMatchObject([{ state: "done", echo: { labels: ["api"] } }]);
  });

  it("what other people wrote is not changed without the right to", async () => {
    const stage = await stageOf({ role: "read" });
    const theirs = await stage.person.create({ title: "Theirs" });
    const [refused] = await stage.tracker.update([{ key: theirs.key, expectRevision: null, title: "Mine" }]);
    expect(refused).toMatchObject({ state: "refused", error: { kind: "forbidden" } });
  });

  it("asks for a token where there is none", async () => {
    const { emulator } = await stageOf();
    const opened = openGithubTracker(optionsFor(emulator, { envPrefix: "OSS_" }, {}));
    await expect(opened).rejects.toMatchObject({ kind: "auth", message: expect.stringContaining("OSS_GITHUB_TOKEN") });
  });
});

describe("what does not fit", () => {
  it("titles, texts and full parents are refused before anything is sent", async () => {
    const stage = await stageOf({ subIssues: 100 });
    const { key } = await createOne(stage);
    await readOne(stage, key);
    const before = stage.emulator.requests.length;
    const outcomes = await stage.tracker.create([
      draft(stage, { title: "x".repeat(300) }),
      draft(stage, { body: "x".repeat(70_000) }),
      draft(stage, { parent: MISSING }),
      draft(stage, { status: "In Progress" }),
      draft(stage, { extra: { components: ["Payments"] } }),
      draft(stage, { extra: { assignees: ["nobody-here"] } }),
    ]);
    expect(outcomes.map((outcome) => [outcome.state, outcome.state === "done" ? "" : outcome.error.kind])).toEqual([
      ["refused", "invalid"],
      ["refused", "invalid"],
      ["refused", "not-found"],
      ["refused", "invalid"],
      ["refused", "invalid"],
      ["refused", "invalid"],
    ]);
    expect(stage.emulator.requests.slice(before).some(({ operation }) => operation === "create")).toBe(false);
    const [long] = await stage.tracker.update([{ key, expectRevision: null, body: "x".repeat(65_500), base: draft(stage).base }]);
    expect(long).toMatchObject({
      state: "refused",
      error: { kind: "invalid", message: expect.stringContaining("65536"), hint: expect.stringContaining("Split") },
    });
  });

  it("the hundred-and-first child is refused by itself", async () => {
    const stage = await stageOf({ limits: { contentPerMinute: 1_000, contentPerHour: 1_000 } });
    const parent = await createOne(stage);
    for (let at = 0; at < 99; at += 1) await stage.person.create({ title: `Child ${at}`, parent: parent.key });
    await readOne(stage, parent.key);
    const [last, beyond] = await stage.tracker.create([draft(stage, { parent: parent.key }), draft(stage, { parent: parent.key })]);
    expect(last).toMatchObject({ state: "done", echo: { parent: parent.key } });
    expect(beyond).toMatchObject({ state: "refused", error: { kind: "invalid", message: expect.stringContaining("100") } });
  });

  it("a create that GitHub refuses below its parent may have left an issue: it is in doubt, and found by its token", async () => {
    const stage = await stageOf({ subIssues: 1, orphansBelowFullParents: true });
    const parent = await createOne(stage);
    done((await stage.tracker.create([draft(stage, { parent: parent.key })]))[0]);
    const watermark = await stage.tracker.watermark();
    const orphan = draft(stage, { parent: parent.key });
    expect((await stage.tracker.create([orphan]))[0]).toMatchObject({ state: "unknown" });
    expect(await stage.tracker.settleCreates([{ token: orphan.token, watermark }])).toMatchObject([{ state: "created", tickets: [{ parent: null }] }]);
  });
});

describe("the way there", () => {
  it.each(["html", "garbage", "redirect", "rate-limited"] as const)("%s instead of an answer is an error of the right kind", async (kind) => {
    const stage = await stageOf();
    const { key } = await createOne(stage);
    stage.emulator.setFaults([1, 2, 3].map((nth) => ({ operation: "read" as const, nth, kind, ms: 200_000 })));
    const kinds = { html: "unavailable", garbage: "unavailable", redirect: "unavailable", "rate-limited": "rate-limited" };
    await expect(stage.tracker.read({ keys: [key] })).rejects.toMatchObject({ kind: kinds[kind] });
  });

  it("a create that meets a server error, a page, a redirect or a limit claims no more than is known", async () => {
    const stage = await stageOf();
    await stage.tracker.check();
    for (const [kind, state] of [
      ["unavailable", "unknown"],
      ["html", "unknown"],
      ["redirect", "unsent"],
      ["rate-limited", "unsent"],
    ] as const) {
      stage.emulator.setFaults([{ operation: "create", nth: 1, kind, ms: 3_000 }]);
      expect([kind, (await stage.tracker.create([draft(stage)]))[0]]).toMatchObject([kind, { state }]);
      stage.emulator.clock.advance(60_000);
    }
    expect(stage.emulator.people.keys()).toEqual([]);
  });

  it("a limit in the middle of a batch leaves the rest unsent, with the time to wait", async () => {
    const stage = await stageOf({ limits: { contentPerMinute: 30 } });
    const tracker = await openGithubTracker(optionsFor(stage.emulator));
    const outcomes = [
      ...(await tracker.create(Array.from({ length: 20 }, () => draft(stage)))),
      ...(await tracker.create(Array.from({ length: 20 }, () => draft(stage)))),
    ];
    expect(outcomes.filter(({ state }) => state === "done")).toHaveLength(30);
    const late = outcomes.filter(({ state }) => state === "unsent");
    expect(late).toHaveLength(10);
    for (const one of late) expect(one).toMatchObject({ error: { kind: "rate-limited", retryAfter: expect.any(Number) } });
    expect(stage.emulator.people.keys()).toHaveLength(30);
  });

  it("credentials go to no other host, and an address with a user is refused", async () => {
    const other = await listening();
    const { emulator } = await stageOf();
    const redirecting = await listening(other.url);
    const tracker = await openGithubTracker(optionsFor(emulator, { baseUrl: redirecting.url }));
    expect(await tracker.check()).toMatchObject({ ok: false, error: { kind: "unavailable", hint: expect.stringContaining("base_url") } });
    expect(other.seen()).toBe(0);
    await expect(openGithubTracker(optionsFor(emulator, { baseUrl: "https://me@github.example.com" }))).rejects.toMatchObject({ kind: "invalid" });
  });

  it("GitHub Enterprise has REST under /api/v3 and GraphQL beside it", async () => {
    const { emulator } = await stageOf();
    const seen: string[] = [];
    const server = await listening(null, seen);
    const tracker: Tracker = await openGithubTracker(optionsFor(emulator, { baseUrl: `${server.url}/api/v3/` }));
    await tracker.check();
    await tracker.watermark().catch(() => null);
    expect(new Set(seen)).toEqual(new Set(["/api/graphql", "/api/v3/repos/acme/payments/issues"]));
    expect(tracker.identity).toBe(`github:${new URL(server.url).host}/acme/payments`);
  });
});

async function listening(redirect: string | null = null, seen: string[] = []): Promise<{ readonly url: string; seen(): number }> {
  let count = 0;
  const server: Server = createServer((request, response) => {
    count += 1;
    seen.push(new URL(request.url ?? "", "http://x").pathname);
    response.writeHead(redirect === null ? 404 : 302, redirect === null ? {} : { location: redirect }).end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, seen: () => count };
}
