/** What only the plain-git forge has to hold: several processes in one folder, damaged files, and programs that git would start. */

import { execFile } from "node:child_process";
import { access, chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { ForgeError } from "../../src/forges/forge-error.ts";
import { openGitForge, type GitForgeOptions } from "../../src/forges/git/git-forge.ts";
import { tempFolder } from "../io/temp-folder.ts";
import { deleteRef } from "./bare-repository.ts";
import { gitStage, type GitStage } from "./git-stage.ts";
import { branchOf, kindOf, landed } from "./stage.ts";

async function staged(): Promise<GitStage> {
  const stage = await gitStage();
  onTestFinished(() => stage.end());
  return stage;
}

async function options(given: Partial<GitForgeOptions> = {}): Promise<GitForgeOptions> {
  const root = await tempFolder();
  return {
    remote: join(root, "pay.git"),
    work: join(root, "work"),
    folder: join(root, "folder"),
    account: "canon",
    now: () => new Date(0),
    env: process.env,
    ...given,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function problem(promise: Promise<unknown>): Promise<ForgeError> {
  return promise.then(
    () => Promise.reject(new Error("it was taken")),
    (error: unknown) => (error instanceof ForgeError ? error : Promise.reject(error)),
  );
}

describe("several processes", () => {
  test("share a clone and a folder: one pull request, no count lost, no comment over another", { timeout: 60_000 }, async () => {
    const stage = await staged();
    await branchOf(stage, "topic");
    const [work, rounds] = [await tempFolder(), 4];
    const run = promisify(execFile);
    const child = (me: string, place: string): Promise<{ stdout: string }> =>
      run(process.execPath, [join(import.meta.dirname, "git-forge-child.ts"), stage.remote, place, stage.folder, me, String(rounds)]);
    // Two in one clone, the third in its own.
    const answers = await Promise.all([child("a", join(work, "one")), child("b", join(work, "one")), child("c", join(work, "two"))]);
    const all = await stage.forge.pullRequests({});
    expect(new Set(answers.map(({ stdout }) => stdout))).toEqual(new Set([String(all[0]?.number)]));
    expect(all).toHaveLength(1);
    const comments = await stage.forge.comments(all[0]!.number);
    expect(comments.map(({ body }) => body).sort()).toEqual(["a", "b", "c"].flatMap((me) => Array.from({ length: rounds }, (_, round) => `${me} ${round}`)));
    const head = await stage.forge.head("refs/canon/bot");
    expect(await stage.forge.read(head ?? "", ["count"])).toEqual(new Map([["count", String(3 * rounds)]]));
  });
});

describe("the folder", () => {
  test("holds one readable file for each thing, and what a dead process left half written is no such thing", async () => {
    const stage = await staged();
    const { number } = await stage.forge.openThread({ title: "Questions", body: "", labels: [] });
    await stage.forge.comment(number, "Hello");
    await writeFile(join(stage.folder, "numbered", "2.json.tmp"), '{"kind": "thr');
    await writeFile(join(stage.folder, "comments", "1", "2.json.tmp"), "");
    expect(await stage.forge.readThread(2)).toBe(null);
    expect(await stage.forge.comments(1)).toHaveLength(1);
    expect((await stage.forge.openThread({ title: "Second", body: "", labels: [] })).number).toBe(2);
    expect((await stage.forge.comment(1, "Again")).id).toBe("1-2");
    expect([...(await readdir(join(stage.folder, "numbered")))].sort()).toEqual(["1.json", "2.json"]);
  });

  test("says which file is damaged", async () => {
    const stage = await staged();
    const { number } = await stage.forge.openThread({ title: "Questions", body: "", labels: [] });
    const path = join(stage.folder, "numbered", `${number}.json`);
    await writeFile(path, "{");
    const found = await problem(stage.forge.readThread(number));
    expect([found.kind, found.message]).toEqual(["invalid", `${path} is damaged.`]);
  });

  test("belongs to the account that opens it first, and to no other", async () => {
    const stage = await staged();
    const given = await options({ remote: stage.remote });
    const first = await openGitForge(given);
    expect(await first.permissionOf("canon")).toBe("write");
    const second = await openGitForge({ ...given, account: "other" });
    expect(await second.permissionOf("other")).toBe("none");
    expect(await kindOf(second.comment(1, "x"))).toBe("forbidden");
  });

  test("takes only absolute paths, and accounts that can stand in a commit", async () => {
    for (const wrong of [{ work: "work" }, { folder: "./folder" }, { account: "a <b>" }, { account: "a\nb" }, { account: "" }]) {
      expect(await kindOf(openGitForge(await options(wrong)))).toBe("invalid");
    }
  });
});

describe("git", () => {
  test("starts no program that an address names (threat 16)", async () => {
    const root = await tempFolder();
    const trace = join(root, "trace");
    for (const remote of [`--upload-pack=touch ${trace}`, `ext::sh -c "touch ${trace}"`, `-o${trace}`]) {
      const forge = await openGitForge(await options({ remote }));
      for (const call of [() => forge.head("refs/heads/main"), () => forge.branches(""), () => forge.repository()]) {
        expect(["not-found", "unavailable"]).toContain(await kindOf(call()));
      }
    }
    expect(await exists(trace)).toBe(false);
  });

  test("runs no hook of the clone", async () => {
    const stage = await staged();
    const given = await options({ remote: stage.remote });
    const trace = join(given.folder, "trace");
    const forge = await openGitForge(given);
    await mkdir(join(given.work, "hooks"), { recursive: true });
    for (const name of ["pre-push", "reference-transaction", "post-checkout"]) {
      await writeFile(join(given.work, "hooks", name), `#!/bin/sh\ntouch ${trace}\n`);
      await chmod(join(given.work, "hooks", name), 0o755);
    }
    landed(await forge.commit({ ref: "refs/heads/topic", expected: null, parent: stage.first, files: [], message: "x" }));
    expect(await exists(trace)).toBe(false);
  });

  test("a push that the server's own rules refuse is forbidden, in the server's words", async () => {
    const stage = await staged();
    await mkdir(join(stage.remote, "hooks"), { recursive: true });
    await writeFile(join(stage.remote, "hooks", "pre-receive"), "#!/bin/sh\necho 'no pushes on Sundays' >&2\nexit 1\n");
    await chmod(join(stage.remote, "hooks", "pre-receive"), 0o755);
    const found = await problem(stage.forge.commit({ ref: "refs/heads/topic", expected: null, parent: stage.first, files: [], message: "x" }));
    expect(found).toMatchObject({ kind: "forbidden", message: expect.stringMatching(/pre-receive hook declined/) });
    expect(await stage.forge.head("refs/heads/topic")).toBe(null);
  });

  test("no message shows a password of the address", async () => {
    const forge = await openGitForge(await options({ remote: "https://canon:pa55word@127.0.0.1:9/acme/pay.git" }));
    expect(forge.identity).toBe("127.0.0.1:9/acme/pay");
    for (const call of [() => forge.repository(), () => forge.head("refs/heads/main")]) {
      const { kind, message, hint } = await problem(call());
      expect(kind).toBe("unavailable");
      expect(`${message} ${hint}`).not.toMatch(/pa55word|canon:/);
    }
  });

  test("a pull request ends with its branch, also where plain git took it away, and is opened again only with it", async () => {
    const stage = await staged();
    const commit = await branchOf(stage, "topic");
    const wish = { title: "Topic", body: "", head: "topic", base: "main", labels: [], reviewers: [] };
    const { number } = await stage.forge.openPullRequest(wish);
    deleteRef(stage.remote, "refs/heads/topic");
    expect(await stage.forge.pullRequest(number)).toMatchObject({ state: "closed", head: { branch: "topic", commit } });
    expect(await stage.forge.pullRequests({ state: "open" })).toEqual([]);
    expect(await kindOf(stage.forge.mergeResult(number))).toBe("invalid");
    expect(await kindOf(stage.forge.editPullRequest(number, { state: "open" }))).toBe("invalid");
  });

  test("a repository that is not there is not found", async () => {
    expect(await kindOf((await openGitForge(await options())).head("refs/heads/main"))).toBe("not-found");
  });

  test("what stands on no branch any more can still be read, and a branch may become a folder of branches", async () => {
    const stage = await staged();
    const dana = await stage.person("dana");
    const lost = await dana.push("topic", [{ path: "a.md", content: "lost\n" }]);
    await dana.push("topic", [{ path: "a.md", content: "kept\n" }], { onto: stage.first });
    expect((await stage.forge.read(lost, ["a.md"])).get("a.md")).toBe("lost\n");
    await dana.deleteBranch("topic");
    const below = await dana.push("topic/below", [{ path: "b.md", content: "b\n" }]);
    expect((await stage.forge.read(below, ["b.md"])).get("b.md")).toBe("b\n");
  });
});
