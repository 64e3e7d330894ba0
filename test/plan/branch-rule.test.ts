/** Where tickets may follow the specs of a checkout: with two clones and a bare remote, as people and CI have them. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { judgeBranch, isUnpushed, type BranchJudgement } from "../../src/core/plan/branch-rule.ts";
import { commit, git, GLOBS, open, world, write } from "../io/git-world.ts";

async function judge(folder: string, options?: { readonly anyBranch: boolean }): Promise<BranchJudgement> {
  return judgeBranch(await (await open(folder)).repository.branchFacts(GLOBS), options);
}

function codes(judgement: BranchJudgement): readonly string[] {
  return judgement.applyable ? judgement.warnings.map(({ code }) => code) : [];
}

const ANYWAY = "Preview: canon plan. Anyway: --any-branch";

test("the tip of the default branch: yes, without a word", async () => {
  const { a } = await world();
  expect(await judge(a)).toEqual({ applyable: true, warnings: [] });
});

test("detached at the tip, as CI checks it out: yes", async () => {
  const { a, first } = await world();
  git(a, "checkout", "-q", "--detach", first);
  expect(await judge(a)).toEqual({ applyable: true, warnings: [] });
});

test("a new branch that is still the tip: yes", async () => {
  const { a } = await world();
  git(a, "checkout", "-q", "-b", "feature/x");
  expect(await judge(a)).toEqual({ applyable: true, warnings: [] });
});

test("a feature branch: exit 6 in the words of the law; anyway with a warning, and unpushed", async () => {
  const { a } = await world();
  git(a, "checkout", "-q", "-b", "feature/x");
  await commit(a, "specs/x.md", "# X\n");
  expect(await judge(a)).toEqual({ applyable: false, exit: 6, message: "feature/x is not main: tickets follow merged specs.", hint: ANYWAY });
  expect(codes(await judge(a, { anyBranch: true }))).toEqual(["branch-behind", "branch-unpushed"]);
});

test("a feature branch that contains the tip and is called otherwise: still no", async () => {
  const { a } = await world();
  git(a, "checkout", "-q", "-b", "master");
  await commit(a, "specs/x.md", "# X\n");
  expect(await judge(a)).toMatchObject({ applyable: false, message: "master is not main: tickets follow merged specs." });
});

test("main behind the remote: exit 6, fetched or not", async () => {
  const { a, b } = await world();
  const tip = await commit(b, "specs/b.md", "# B\n");
  git(b, "push", "-q");
  const refusal = {
    applyable: false,
    exit: 6,
    message: `main does not contain the tip of origin/main (${tip.slice(0, 7)}): tickets follow merged specs.`,
    hint: `Bring it up to date: git pull. ${ANYWAY}`,
  };
  expect(await judge(a)).toEqual(refusal);
  git(a, "fetch", "-q");
  expect(await judge(a)).toEqual(refusal);
  expect(codes(await judge(a, { anyBranch: true }))).toEqual(["branch-behind"]);
});

test("main ahead of the remote: yes, with a warning, and its specs are unpushed", async () => {
  const { a } = await world();
  await commit(a, "specs/a.md", "# A\n");
  const facts = await (await open(a)).repository.branchFacts(GLOBS);
  expect(judgeBranch(facts)).toMatchObject({ applyable: true, warnings: [{ code: "branch-unpushed", message: "main has commits that are not pushed." }] });
  expect(isUnpushed(facts, "specs/pay.md")).toBe(true);
});

test("uncommitted specs at the tip: yes, with a warning; only those are unpushed", async () => {
  const { a } = await world();
  await write(a, "specs/new.md", "# New\n");
  const facts = await (await open(a)).repository.branchFacts(GLOBS);
  expect(judgeBranch(facts)).toMatchObject({
    applyable: true,
    warnings: [{ code: "branch-unpushed", message: "specs/new.md has changes that are not committed." }],
  });
  expect([isUnpushed(facts, "specs/new.md"), isUnpushed(facts, "specs/pay.md")]).toEqual([true, false]);
});

test("main diverged: exit 6", async () => {
  const { a, b } = await world();
  await commit(b, "specs/b.md", "# B\n");
  git(b, "push", "-q");
  await commit(a, "specs/a.md", "# A\n");
  expect(await judge(a)).toMatchObject({ applyable: false, exit: 6 });
});

test("a slow CI job that checked out an older commit: exit 6", async () => {
  const { root, remote, a, first } = await world();
  const tip = await commit(a, "specs/a.md", "# A\n");
  git(a, "push", "-q");
  git(root, "clone", "-q", remote, join(root, "ci"));
  git(join(root, "ci"), "checkout", "-q", "--detach", first);
  expect(await judge(join(root, "ci"))).toEqual({
    applyable: false,
    exit: 6,
    message: `HEAD (${first.slice(0, 7)}) is not the tip of main (${tip.slice(0, 7)}): tickets follow merged specs.`,
    hint: ANYWAY,
  });
});

test("a shallow clone: yes at the tip, said once; off the tip exit 6, even where it contains it", async () => {
  const { root, remote, a } = await world();
  await commit(a, "specs/a.md", "# A\n");
  git(a, "push", "-q");
  const shallow = join(root, "shallow");
  git(root, "clone", "-q", "--depth", "1", `file://${remote}`, shallow);
  expect(await judge(shallow)).toMatchObject({ applyable: true, warnings: [{ code: "branch-shallow", hint: "git fetch --unshallow" }] });
  await commit(shallow, "specs/b.md", "# B\n");
  expect(await judge(shallow)).toMatchObject({ applyable: false, exit: 6, message: expect.stringContaining("This shallow clone is not at the tip of main") });
});

test("no remote: yes, with a notice, and all is unpushed", async () => {
  const { root } = await world();
  const alone = join(root, "alone");
  git(root, "init", "-q", "-b", "trunk", alone);
  await commit(alone, "specs/a.md", "# A\n");
  const facts = await (await open(alone)).repository.branchFacts(GLOBS);
  expect(codes(judgeBranch(facts))).toEqual(["branch-no-remote"]);
  expect(isUnpushed(facts, "specs/a.md")).toBe(true);
});

test("a remote that cannot be reached: exit 6, and why", async () => {
  const { a, root } = await world();
  git(a, "remote", "set-url", "origin", join(root, "gone.git"));
  expect(await judge(a)).toMatchObject({
    applyable: false,
    exit: 6,
    message: expect.stringMatching(/^origin cannot be reached \(.*gone\.git.*\), so nobody knows whether main is up to date/),
    hint: ANYWAY,
  });
});

test("an empty remote, and a repository without a commit: exit 6", async () => {
  const { root, remote } = await world();
  const fresh = join(root, "fresh");
  git(root, "init", "-q", "-b", "main", fresh);
  git(fresh, "remote", "add", "origin", remote);
  expect(await judge(fresh)).toMatchObject({ applyable: false, exit: 6 });
  git(root, "init", "-q", "--bare", join(root, "empty.git"));
  git(fresh, "remote", "set-url", "origin", join(root, "empty.git"));
  await commit(fresh, "specs/a.md", "# A\n");
  expect(await judge(fresh)).toMatchObject({ applyable: false, exit: 6, message: "origin has no commits yet: tickets follow merged specs." });
});

test("the default branch may have any name, and change", async () => {
  const { a, remote } = await world();
  git(a, "checkout", "-q", "-b", "develop");
  await commit(a, "specs/a.md", "# A\n");
  git(a, "push", "-q", "origin", "develop");
  expect(await judge(a)).toMatchObject({ applyable: false });
  git(remote, "symbolic-ref", "HEAD", "refs/heads/develop");
  expect(await judge(a)).toEqual({ applyable: true, warnings: [] });
});
