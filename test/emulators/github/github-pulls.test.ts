/** The emulated GitHub's pull requests: one per head and base, merges that are only tried, forks, and pushes past the API. */

import { describe, expect, test } from "vitest";
import { commitInto, deleteRef, refIn } from "../../forges/bare-repository.ts";
import { openGithub } from "./open-github.ts";
import type { OpenGithub } from "./open-github.ts";

interface Begun extends OpenGithub {
  readonly at: { readonly owner: string; readonly repo: string };
  push(branch: string, path: string, content?: string): string;
}

async function begun(): Promise<Begun> {
  const opened = await openGithub({ visibility: "private" });
  const { remote } = opened.github.code;
  const push = (branch: string, path: string, content = "x\n"): string => {
    const ref = `refs/heads/${branch}`;
    const parent = refIn(remote, ref) ?? refIn(remote, "refs/heads/main");
    const by = { name: "dana", email: "dana@example.com", at: opened.github.clock.iso() };
    return commitInto(remote, { ref, parent, files: [{ path, content }], message: path }, by);
  };
  push("main", "a.md");
  return { ...opened, at: { owner: opened.owner, repo: opened.repo }, push };
}

describe("pull requests", () => {
  test("a second one of the same branch is refused, unless it goes to another base", async () => {
    const { octokit, at, push } = await begun();
    push("topic", "b.md");
    push("next", "c.md");
    const open = (base: string): Promise<unknown> => octokit.rest.pulls.create({ ...at, title: "Topic", head: "topic", base });
    await open("main");
    await expect(open("main")).rejects.toMatchObject({ status: 422, message: expect.stringContaining("A pull request already exists for acme:topic.") });
    await open("next");
    expect((await octokit.rest.pulls.list({ ...at, head: "acme:topic" })).data).toHaveLength(2);
  });

  test("whether it can be merged is known only after somebody asked, and merge_commit_sha is a merge that was tried", async () => {
    const { octokit, at, push } = await begun();
    const head = push("topic", "b.md");
    const { data: made } = await octokit.rest.pulls.create({ ...at, title: "Topic", head: "topic", base: "main" });
    const read = async () => (await octokit.rest.pulls.get({ ...at, pull_number: made.number })).data;
    expect([made.mergeable, made.merge_commit_sha, (await read()).mergeable]).toEqual([null, null, null]);
    const tried = await read();
    expect(tried).toMatchObject({ mergeable: true, merged: false, merged_at: null });
    const { data: merge } = await octokit.rest.git.getCommit({ ...at, commit_sha: tried.merge_commit_sha ?? "" });
    expect(merge.parents.map(({ sha }) => sha)).toEqual([made.base.sha, head]);
    // The base moves: the old one is still shown until it was tried again.
    push("main", "b.md", "other\n");
    expect(await read()).toMatchObject({ mergeable: true, merge_commit_sha: tried.merge_commit_sha });
    expect(await read()).toMatchObject({ mergeable: false });
  });

  test("pushes with git are followed: a new head, a merge by hand, a branch that is gone", async () => {
    const { octokit, at, push, github } = await begun();
    const numbers: number[] = [];
    for (const branch of ["pushed", "merged", "gone"]) {
      push(branch, `${branch}.md`);
      numbers.push((await octokit.rest.pulls.create({ ...at, title: branch, head: branch, base: "main" })).data.number);
    }
    const head = push("pushed", "more.md");
    const merged = refIn(github.code.remote, "refs/heads/merged") ?? "";
    const by = { name: "dana", email: "dana@example.com", at: github.clock.iso() };
    commitInto(github.code.remote, { ref: "refs/heads/main", parent: merged, files: [], message: "Fast forward and one more" }, by);
    deleteRef(github.code.remote, "refs/heads/gone");
    const shown = await Promise.all(numbers.map(async (pull_number) => (await octokit.rest.pulls.get({ ...at, pull_number })).data));
    expect(shown.map(({ state, merged: isMerged }) => [state, isMerged])).toEqual([
      ["open", false],
      ["closed", true],
      ["closed", false],
    ]);
    expect(shown[0]?.head.sha).toBe(head);
  });

  test("one reviewer who is no collaborator refuses all of them", async () => {
    const { octokit, at, push, github } = await begun();
    push("topic", "b.md");
    github.code.person("rita", "read");
    const { data } = await octokit.rest.pulls.create({ ...at, title: "Topic", head: "topic", base: "main" });
    const ask = (...reviewers: string[]): Promise<unknown> => octokit.rest.pulls.requestReviewers({ ...at, pull_number: data.number, reviewers });
    await expect(ask("rita", "stranger")).rejects.toMatchObject({ status: 422 });
    expect(github.code.reviewers(data.number)).toEqual([]);
    await ask("rita");
    expect(github.code.reviewers(data.number)).toEqual(["rita"]);
  });

  test("the list of issues holds it, and says who closed it", async () => {
    const { octokit, at, push, github } = await begun();
    push("topic", "b.md");
    const { data } = await octokit.rest.pulls.create({ ...at, title: "Topic", head: "topic", base: "main" });
    github.code.person("dana", "write").setState(data.number, "closed");
    const { data: issue } = await octokit.rest.issues.get({ ...at, issue_number: data.number });
    expect(issue).toMatchObject({ state: "closed", closed_by: { login: "dana" }, pull_request: { merged_at: null } });
  });

  test("permissions: the old four words; an app is no user", async () => {
    const { octokit, at, github } = await begun();
    github.addToken({ kind: "installation" });
    github.code.person("tom", "triage");
    const of = async (username: string): Promise<string> => (await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username })).data.permission;
    expect([await of("dana-agent"), await of("robin-ito"), await of("tom")]).toEqual(["write", "admin", "read"]);
    await expect(of("canon[bot]")).rejects.toMatchObject({ status: 404 });
  });
});
