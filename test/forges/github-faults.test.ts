/** The GitHub forge when requests fail: whatever it says happened did happen, and nothing is written twice. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { Forge } from "../../src/forges/forge.ts";
import { ForgeError } from "../../src/forges/forge-error.ts";
import { systemClock } from "../../src/io/clock.ts";
import type { WireFaultKind } from "../emulators/kit/wire.ts";
import { githubStage, type GithubStage } from "./github-stage.ts";
import { branchOf, kindOf, SPEC } from "./stage.ts";

const KINDS: readonly WireFaultKind[] = ["drop-answer", "die-before", "unavailable", "late", "garbage", "html", "rate-limited", "redirect", "refuse"];
/** Milliseconds after which a late request lands. */
const LATE = 1_000;

interface Hurried extends GithubStage {
  /** Waits for nothing. */
  readonly quick: Forge;
}

async function stage(): Promise<Hurried> {
  const made = await githubStage();
  onTestFinished(() => made.end());
  const clock = { ...systemClock, now: () => new Date(made.github.clock.now()), sleep: async (ms: number) => made.github.clock.advance(ms) };
  const token = made.github.addToken({ kind: "installation", expiresAt: null });
  return { ...made, quick: await made.forgeWith(token, clock) };
}

/** How many requests that takes. */
async function counted({ github }: GithubStage, work: () => Promise<unknown>): Promise<number> {
  const before = github.requests.length;
  await work();
  return github.requests.length - before;
}

/** What came of it, once all that was late has landed. */
async function struck<T>({ github }: GithubStage, kind: WireFaultKind, nth: number, work: () => Promise<T>): Promise<T | ForgeError> {
  github.setFaults([{ operation: "any", nth, kind, ms: kind === "rate-limited" ? 200_000 : LATE }]);
  const outcome = await work().catch((error: unknown) => {
    if (error instanceof ForgeError) return error;
    throw error;
  });
  github.clearFaults();
  github.clock.advance(300_000);
  await github.deliver();
  return outcome;
}

describe("every request of it fails in every way", () => {
  test("a commit: done only where it stands there, and refused only where it does not", { timeout: 120_000 }, async () => {
    const on = await stage();
    let head = await branchOf(on, "topic");
    const commit = (text: string): ReturnType<Forge["commit"]> =>
      on.quick.commit({ ref: "refs/heads/topic", expected: head, parent: head, files: [{ path: SPEC, text }], message: text });
    const advance = async (text: string): Promise<void> => {
      const outcome = await commit(text);
      if (outcome.state === "done") head = outcome.commit;
    };
    await advance("first");
    const requests = await counted(on, () => advance("second"));
    expect(requests).toBeGreaterThan(5);
    let unknown = 0;
    for (const kind of KINDS) {
      for (let nth = 1; nth <= requests; nth += 1) {
        const fault = `${kind} at request ${nth}`;
        const outcome = await struck(on, kind, nth, () => commit(fault));
        const now = await on.forge.head("refs/heads/topic");
        if (outcome instanceof ForgeError) {
          if (outcome.kind === "unknown-outcome") unknown += 1;
          else expect([fault, now]).toEqual([fault, head]);
        } else expect([fault, outcome]).toEqual([fault, { state: "done", commit: now }]);
        expect([fault, now === head ? 0 : (await on.forge.commits(head, now ?? "")).length]).toEqual([fault, now === head ? 0 : 1]);
        head = now ?? "";
      }
    }
    expect(unknown).toBeGreaterThan(0);
  });

  test("a pull request: asked for again, there is one", { timeout: 120_000 }, async () => {
    const on = await stage();
    const wish = (head: string): Parameters<Forge["openPullRequest"]>[0] => ({ title: head, body: "", head, base: "main", labels: ["canon"], reviewers: [] });
    await branchOf(on, "warm");
    const requests = await counted(on, () => on.quick.openPullRequest(wish("warm")));
    for (const kind of KINDS) {
      for (let nth = 1; nth <= requests; nth += 1) {
        const head = `${kind}-${nth}`;
        await branchOf(on, head);
        await struck(on, kind, nth, () => on.quick.openPullRequest(wish(head)));
        await on.quick.openPullRequest(wish(head));
        expect([head, (await on.forge.pullRequests({ headPrefix: head })).length]).toEqual([head, 1]);
      }
    }
  });

  test("a comment is sent once, and where nobody knows whether it landed, that is said", async () => {
    const on = await stage();
    const { number } = await on.forge.openThread({ title: "Questions", body: "", labels: [] });
    for (const kind of KINDS) {
      const before = (await on.forge.comments(number)).length;
      const outcome = await struck(on, kind, 1, () => on.quick.comment(number, kind));
      const landed = (await on.forge.comments(number)).length - before;
      expect([kind, landed]).toEqual([kind, landed === 0 ? 0 : 1]);
      const isKnown = !(outcome instanceof ForgeError) || outcome.kind !== "unknown-outcome";
      if (isKnown) expect([kind, landed]).toEqual([kind, outcome instanceof ForgeError ? 0 : 1]);
      else expect(["drop-answer", "die-before", "unavailable", "late", "garbage", "html"]).toContain(kind);
    }
  });
});

describe("tokens", () => {
  test("a person's token does all but check runs, and the refusal says why", async () => {
    const on = await githubStage();
    onTestFinished(() => on.end());
    const forge = await on.forgeWith(on.github.credentials["GITHUB_TOKEN"] ?? "");
    const found = await forge.repository();
    expect(found).toMatchObject({ account: "dana-agent", needed: ["push", "repo"] });
    expect(found.granted).toEqual(expect.arrayContaining(["push", "repo"]));
    const outcome = await forge.commit({ ref: "refs/heads/topic", expected: null, parent: on.first, files: [{ path: SPEC, text: "x\n" }], message: "x" });
    expect(outcome.state).toBe("done");
    const check = forge.setCheck({ name: "canon plan", commit: on.first, conclusion: "success", title: "t", summary: "s", annotations: [] });
    await expect(check).rejects.toMatchObject({ kind: "forbidden", hint: expect.stringContaining("apps") });
  });

  test("to a person without push access GitHub says that nothing is there: Canon says that it is forbidden", async () => {
    const on = await githubStage();
    onTestFinished(() => on.end());
    const forge = await on.forgeWith(on.github.credentials["GITHUB_TOKEN"] ?? "");
    await branchOf(on, "topic");
    await branchOf(on, "other");
    const wish = { title: "x", body: "", head: "topic", base: "main", labels: [], reviewers: [] };
    const { number } = await on.forge.openPullRequest(wish);
    on.github.setRole(on.github.project, "read");
    const commit = { ref: "refs/heads/new", expected: null, parent: on.first, files: [{ path: SPEC, text: "x\n" }], message: "x" };
    expect(await kindOf(forge.commit(commit))).toBe("forbidden");
    expect(await kindOf(forge.move("refs/heads/topic", (await on.forge.head("refs/heads/topic")) ?? "", null))).toBe("forbidden");
    expect(await kindOf(forge.openPullRequest({ ...wish, head: "other" }))).toBe("forbidden");
    expect(await kindOf(forge.editPullRequest(number, { title: "y" }))).toBe("forbidden");
    expect(await kindOf(forge.addLabels(number, ["x"]))).toBe("forbidden");
    const { needed, granted } = await forge.repository();
    expect(needed.filter((one) => granted?.includes(one) === false)).toEqual(["push"]);
  });

  test("an expired one is named so, a missing permission by its name", async () => {
    const on = await githubStage();
    onTestFinished(() => on.end());
    const reader = await on.forgeWith(on.github.addToken({ kind: "installation", permissions: { contents: "read", metadata: "read" } }));
    await expect(reader.pullRequests({})).rejects.toMatchObject({ kind: "forbidden", hint: "The token lacks the permission pull requests: read." });
    on.github.clock.advance(3_600_000);
    expect(await kindOf(reader.head("refs/heads/main"))).toBe("auth");
  });
});

test("a tree that GitHub cuts is read folder by folder", async () => {
  const on = await githubStage({ treeLimit: 3 });
  onTestFinished(() => on.end());
  const files = ["a/1.md", "a/2.md", "a/b/3.md", "c/4.md", "5.md"].map((path) => ({ path, content: path }));
  const commit = await (await on.person("dana")).push("many", [...files, { path: "README.md", content: null }, { path: SPEC, content: null }]);
  expect([...(await on.forge.paths(commit))].sort()).toEqual(files.map(({ path }) => path).sort());
  expect((await on.forge.read(commit, ["a/b/3.md"])).get("a/b/3.md")).toBe("a/b/3.md");
});

test("when the base moves, neither a merge nor a conflict of before is answered", async () => {
  const on = await stage();
  const dana = await on.person("dana");
  await dana.push("topic", [{ path: SPEC, content: "theirs\n" }]);
  const number = await dana.open({ title: "Topic", head: "topic" });
  const before = await on.quick.mergeResult(number);
  expect(before).not.toBeNull();
  await dana.push("main", [{ path: SPEC, content: "ours\n" }]);
  expect(await on.quick.mergeResult(number)).toBeNull();
  await dana.push("main", [{ path: SPEC, content: "theirs\n" }]);
  expect(await on.quick.mergeResult(number)).not.toBeNull();
});
