/** The emulated GitHub's code, FACTS.md line by line: contents, several files in one commit, references. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openGithub } from "./open-github.ts";
import type { OpenGithub } from "./open-github.ts";

const FIRST = Buffer.from("# Payments\n").toString("base64");
const SECOND = Buffer.from("# Payments!\n").toString("base64");

interface Begun extends OpenGithub {
  readonly at: { readonly owner: string; readonly repo: string };
  /** Head of main. */
  readonly first: string;
}

/** A repository with one commit, made as an empty one takes it: by its contents. */
async function begun(): Promise<Begun> {
  const opened = await openGithub();
  const at = { owner: opened.owner, repo: opened.repo };
  const { data } = await opened.octokit.rest.repos.createOrUpdateFileContents({ ...at, path: "specs/a b.md", message: "First", content: FIRST });
  return { ...opened, at, first: data.commit.sha ?? "" };
}

const REF_UPDATES = `mutation update($repository: ID!, $updates: [RefUpdate!]!) { updateRefs(input: { repositoryId: $repository, refUpdates: $updates }) { clientMutationId } }`;
const ON_BRANCH = `mutation commit($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;

describe("FACTS: contents", () => {
  test("PUT needs the blob that it replaces: 422 without, 409 where it is stale", async () => {
    const { octokit, at } = await begun();
    const path = "specs/a b.md";
    const write = (sha?: string): Promise<unknown> =>
      octokit.rest.repos.createOrUpdateFileContents({ ...at, path, message: "Second", content: SECOND, ...(sha === undefined ? {} : { sha }) });
    await expect(write()).rejects.toMatchObject({ status: 422, message: expect.stringContaining(`"sha" wasn't supplied`) });
    const { data } = await octokit.rest.repos.getContent({ ...at, path });
    const sha = Array.isArray(data) ? "" : data.sha;
    await write(sha);
    await expect(write(sha)).rejects.toMatchObject({ status: 409, message: expect.stringContaining("does not match") });
  });

  test("an empty repository takes a first file so, and nothing by the Git Data API", async () => {
    const { octokit, owner, repo } = await openGithub();
    const at = { owner, repo };
    await expect(octokit.rest.git.createBlob({ ...at, content: "x" })).rejects.toMatchObject({ status: 409, message: expect.stringContaining("is empty") });
    await expect(octokit.rest.git.getRef({ ...at, ref: "heads/main" })).rejects.toMatchObject({ status: 409 });
  });
});

describe("FACTS: several files in one commit", () => {
  test("by the Git Data API; what is there is what git itself fetches and pushes", async () => {
    const { github, octokit, at, first } = await begun();
    const blob = await octokit.rest.git.createBlob({ ...at, content: Buffer.from("\uFEFFkeys\r\n").toString("base64"), encoding: "base64" });
    const base = await octokit.rest.git.getCommit({ ...at, commit_sha: first });
    const tree = await octokit.rest.git.createTree({
      ...at,
      base_tree: base.data.tree.sha,
      tree: [
        { path: "specs/keys.md", mode: "100644", type: "blob", sha: blob.data.sha },
        { path: "specs/a b.md", mode: "100644", type: "blob", sha: null },
      ],
    });
    const commit = await octokit.rest.git.createCommit({ ...at, message: "Keys", tree: tree.data.sha, parents: [first] });
    await octokit.rest.git.updateRef({ ...at, ref: "heads/main", sha: commit.data.sha });
    const clone = mkdtempSync(join(tmpdir(), "canon-clone-"));
    onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-c", "user.name=dana", "-c", "user.email=dana@example.com", ...args], { cwd: clone, encoding: "utf8", stdio: "pipe" });
    git("clone", "--quiet", github.code.remote, ".");
    expect(git("log", "--format=%H %an", "-1").trim()).toBe(`${commit.data.sha} Dana Agent`);
    expect(git("show", "HEAD:specs/keys.md")).toBe("\uFEFFkeys\r\n");
    git("commit", "--quiet", "--allow-empty", "-m", "By hand");
    git("push", "--quiet", "origin", "HEAD:refs/heads/topic");
    const { data } = await octokit.rest.git.getRef({ ...at, ref: "heads/topic" });
    expect(data.object.sha).toBe(git("rev-parse", "HEAD").trim());
  });

  test("what is not there cannot be taken away", async () => {
    const { octokit, at, first } = await begun();
    const tree = [{ path: "missing.md", mode: "100644", type: "blob", sha: null }] as const;
    await expect(octokit.rest.git.createTree({ ...at, base_tree: first, tree: [...tree] })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining("GitRPC::BadObjectState"),
    });
  });

  test("createCommitOnBranch expects the head", async () => {
    const { graphql, at, first, octokit } = await begun();
    const input = (expectedHeadOid: string): unknown => ({
      branch: { repositoryNameWithOwner: `${at.owner}/${at.repo}`, branchName: "main" },
      expectedHeadOid,
      message: { headline: "Two", body: "Canon-Run: 1" },
      fileChanges: { additions: [{ path: "b.md", contents: SECOND }], deletions: [{ path: "specs/a b.md" }] },
    });
    await graphql(ON_BRANCH, { input: input(first) });
    await expect(graphql(ON_BRANCH, { input: input(first) })).rejects.toMatchObject({ errors: [{ type: "STALE_DATA" }] });
    const { data } = await octokit.rest.repos.listCommits({ ...at });
    expect(data.map(({ commit }) => commit.message)).toEqual(["Two\n\nCanon-Run: 1", "First"]);
  });
});

describe("references", () => {
  test("force: false asks for a fast forward: it lets through what updateRefs with beforeOid does not", async () => {
    const { octokit, at, first, graphql, repositoryId } = await begun();
    const make = async (message: string, parent: string): Promise<string> => {
      const { data } = await octokit.rest.git.getCommit({ ...at, commit_sha: parent });
      return (await octokit.rest.git.createCommit({ ...at, message, tree: data.tree.sha, parents: [parent] })).data.sha;
    };
    const [two, other] = [await make("Two", first), await make("Other", first)];
    const three = await make("Three", two);
    await octokit.rest.git.createRef({ ...at, ref: "refs/heads/topic", sha: two });
    await expect(octokit.rest.git.createRef({ ...at, ref: "refs/heads/topic", sha: two })).rejects.toMatchObject({ status: 422 });
    await expect(octokit.rest.git.updateRef({ ...at, ref: "heads/topic", sha: other })).rejects.toMatchObject({ status: 422 });
    const repository = await repositoryId();
    const update = (beforeOid: string, afterOid: string, force = false): Promise<unknown> =>
      graphql(REF_UPDATES, { repository, updates: [{ name: "refs/heads/topic", beforeOid, afterOid, force }] });
    // Somebody resets the branch: three stands on two, not on what is there now.
    await octokit.rest.git.updateRef({ ...at, ref: "heads/topic", sha: first, force: true });
    await expect(update(two, three)).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
    await octokit.rest.git.updateRef({ ...at, ref: "heads/topic", sha: three });
    await expect(update(three, other)).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
    await update(three, other, true);
    await update(other, "0".repeat(40));
    await expect(update("0".repeat(40), "0".repeat(40).replace(/0$/u, "1"))).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
    await expect(octokit.rest.git.getRef({ ...at, ref: "heads/topic" })).rejects.toMatchObject({ status: 404 });
  });

  test("all of one updateRefs or none; references outside the branches are as good", async () => {
    const { at, first, graphql, octokit, repositoryId } = await begun();
    const repository = await repositoryId();
    const make = (name: string, beforeOid: string): unknown => ({ name, beforeOid, afterOid: first });
    const free = "0".repeat(40);
    await expect(graphql(REF_UPDATES, { repository, updates: [make("refs/canon/bot", free), make("refs/heads/main", free)] })).rejects.toMatchObject({
      errors: [{ type: "UNPROCESSABLE" }],
    });
    await expect(octokit.rest.git.getRef({ ...at, ref: "canon/bot" })).rejects.toMatchObject({ status: 404 });
    await graphql(REF_UPDATES, { repository, updates: [make("refs/canon/bot", free)] });
    expect((await octokit.rest.git.getRef({ ...at, ref: "canon/bot" })).data.object.sha).toBe(first);
    expect((await octokit.rest.git.listMatchingRefs({ ...at, ref: "heads/" })).data.map(({ ref }) => ref)).toEqual(["refs/heads/main"]);
  });
});
