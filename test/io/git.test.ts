/** What Canon learns from real repositories, and how little it asks for it. */

import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { expect, test } from "vitest";
import { readRepository } from "../../src/io/git.ts";
import { findProgram } from "../../src/io/find-program.ts";
import { commit, git, GLOBS, open, world, write } from "./git-world.ts";
import { tempFolder } from "./temp-folder.ts";

test("outside a repository: null", async () => {
  expect(await readRepository(await tempFolder(), { env: process.env })).toBeNull();
});

test("remote, HEAD and branch cost no process, and need no git", async () => {
  const { a, first, remote } = await world();
  const { repository, processes } = await open(a, { PATH: "" });
  expect(repository).toMatchObject({
    top: a,
    prefix: "",
    head: first,
    branch: "main",
    shallow: false,
    remote: { name: "origin", url: remote.replace(/\.git$/, "") },
  });
  expect(processes).toEqual([]);
});

test("HEAD is read as git reads it: packed, detached, slashes, unborn, a work tree of its own", async () => {
  const { root, a, first } = await world();
  git(a, "pack-refs", "--all");
  expect((await open(a)).repository.head).toBe(first);
  git(a, "checkout", "-q", "-b", "feature/deep/x");
  expect((await open(a)).repository).toMatchObject({ head: first, branch: "feature/deep/x" });
  git(a, "checkout", "-q", "--detach");
  expect((await open(a)).repository).toMatchObject({ head: first, branch: null });
  git(a, "worktree", "add", "-q", "-b", "side", join(root, "tree"), first);
  expect((await open(join(root, "tree"))).repository).toMatchObject({ top: join(root, "tree"), head: first, branch: "side", remote: { name: "origin" } });
  git(a, "checkout", "-q", "--orphan", "empty");
  expect((await open(a)).repository).toMatchObject({ head: null, branch: "empty" });
});

test("a workspace in a folder of the repository, also through a link", async () => {
  const { root, a } = await world();
  await commit(a, "services/pay/specs/a.md", "# A\n");
  await write(a, "services/pay/specs/b.md", "# B\n");
  await write(a, "services/other/specs/c.md", "# C\n");
  await symlink(join(a, "services/pay"), join(root, "link"));
  for (const folder of [join(a, "services/pay"), join(root, "link")]) {
    const { repository } = await open(folder);
    expect(repository.prefix).toBe("services/pay/");
    expect(await repository.uncommitted(GLOBS)).toEqual(["specs/b.md"]);
    expect(Buffer.from((await repository.readAt(repository.head ?? "", "specs/a.md")) ?? []).toString()).toBe("# A\n");
  }
});

test("uncommitted: edited, staged, new, deleted, renamed; only under the globs; hard names too", async () => {
  const { a } = await world();
  for (const name of ["edited", "staged", "deleted", "old"]) await write(a, `specs/${name}.md`, "# A\n");
  await commit(a, "specs/same.md", "# Same\n");
  await write(a, "specs/edited.md", "# B\n");
  await write(a, "specs/staged.md", "# B\n");
  git(a, "add", "specs/staged.md");
  await write(a, 'specs/ü 💶 "x".md', "# New\n");
  await write(a, "specs/deep/--upload-pack=touch.md", "# New\n");
  git(a, "rm", "-q", "specs/deleted.md");
  git(a, "mv", "specs/old.md", "specs/new.md");
  await write(a, "specs/picture.png", "");
  await write(a, "README.md", "# Readme\n");
  const { repository, processes } = await open(a);
  expect(await repository.uncommitted(GLOBS)).toEqual(
    ["deep/--upload-pack=touch", "deleted", "edited", "new", "old", "staged", 'ü 💶 "x"'].map((name) => `specs/${name}.md`).sort(),
  );
  expect(await repository.uncommitted(["docs/**/*.md", "*.md"])).toEqual(["README.md"]);
  expect(processes).toHaveLength(2);
});

test("at the tip: the remote and the index, two processes", async () => {
  const { a, first } = await world();
  const { repository, processes } = await open(a);
  expect(await repository.branchFacts(GLOBS)).toEqual({
    head: first,
    branch: "main",
    shallow: false,
    uncommitted: [],
    remote: { state: "known", remote: "origin", branch: "main", tip: first, contained: true, merged: true },
  });
  await repository.history([first, first, "not a commit", "-".repeat(40)]);
  expect(processes.map((line) => line.split(" ")[2])).toEqual(expect.arrayContaining(["ls-remote", "status"]));
  expect(processes).toHaveLength(2);
});

test("ahead, behind, diverged, and a tip that was never fetched", async () => {
  const { a, b, first } = await world();
  const remoteOf = async (folder: string): Promise<unknown> => (await (await open(folder)).repository.branchFacts(GLOBS)).remote;
  const ahead = await commit(a, "specs/a.md", "# A\n");
  expect(await remoteOf(a)).toMatchObject({ tip: first, contained: true, merged: false });
  git(a, "push", "-q");
  expect(await remoteOf(b)).toMatchObject({ tip: ahead, contained: false, merged: false });
  git(b, "fetch", "-q");
  expect(await remoteOf(b)).toMatchObject({ tip: ahead, contained: false, merged: true });
  await commit(b, "specs/b.md", "# B\n");
  expect(await remoteOf(b)).toMatchObject({ tip: ahead, contained: false, merged: false });
});

test("no remote, an empty one, one that is gone, one with a secret in its address", async () => {
  const { root, a } = await world();
  const folder = join(root, "alone");
  git(root, "init", "-q", "-b", "main", folder);
  await commit(folder, "specs/a.md", "# A\n");
  const stateOf = async (): Promise<unknown> => (await (await open(folder)).repository.branchFacts(GLOBS)).remote;
  expect(await stateOf()).toEqual({ state: "none" });
  git(root, "init", "-q", "--bare", join(root, "empty.git"));
  git(folder, "remote", "add", "origin", join(root, "empty.git"));
  expect(await stateOf()).toEqual({ state: "empty", remote: "origin" });
  git(folder, "remote", "set-url", "origin", join(root, "gone.git"));
  expect(await stateOf()).toMatchObject({ state: "unreachable", remote: "origin", why: expect.stringContaining("does not appear to be a git repository") });
  git(folder, "remote", "set-url", "origin", "http://dana:canary-token@127.0.0.1:9/a/b.git");
  const { repository } = await open(folder);
  expect(repository.remote).toEqual({ name: "origin", url: "127.0.0.1:9/a/b" });
  expect(JSON.stringify(await repository.branchFacts(GLOBS))).not.toContain("canary-token");
  const missing = await readRepository(a, { env: { PATH: "" } });
  expect(await missing?.branchFacts(GLOBS)).toMatchObject({ remote: { state: "unreachable", why: "git is not installed, or not in PATH" } });
});

test("since the merge base: committed, edited and new files of this branch, not those of main", async () => {
  const { a, b, first } = await world();
  git(a, "checkout", "-q", "-b", "feature/x");
  await commit(a, "specs/mine.md", "# Mine\n");
  await write(a, "specs/pay.md", "# Pay more\n");
  await write(a, "specs/new.md", "# New\n");
  await commit(b, "specs/theirs.md", "# Theirs\n");
  git(b, "push", "-q");
  expect(await (await open(a)).repository.changedSinceMergeBase(GLOBS)).toEqual({ commit: first, paths: ["specs/mine.md", "specs/new.md", "specs/pay.md"] });
  git(a, "fetch", "-q");
  expect(await (await open(a)).repository.changedSinceMergeBase(GLOBS)).toMatchObject({ commit: first });
});

test("files at a commit come byte for byte", async () => {
  const { a, first } = await world();
  const bytes = Buffer.concat([Buffer.from([0, 255, 13, 10]), Buffer.from("ü💶".repeat(100_000))]);
  await write(a, "specs/bytes.md", "");
  await writeFile(join(a, "specs/bytes.md"), bytes);
  git(a, "add", "-A");
  git(a, "commit", "-qm", "bytes");
  const { repository } = await open(a);
  expect(Buffer.from((await repository.readAt(repository.head ?? "", "specs/bytes.md")) ?? []).equals(bytes)).toBe(true);
  expect(await repository.readAt(first, "specs/bytes.md")).toBeNull();
  expect(await repository.readAt("--help", "specs/bytes.md")).toBeNull();
});

test("commits from tickets are never arguments unless they are commits", async () => {
  const { a, first } = await world();
  const { repository, processes } = await open(a);
  for (const bad of ["--output=/tmp/x", "HEAD", "main", first.slice(0, 7), `${first}\n--all`, ""]) {
    expect(await repository.isAncestor(bad, first)).toBe(false);
    expect(await repository.hasCommit(bad)).toBe(false);
  }
  expect(processes).toEqual([]);
  expect(await repository.isAncestor(first, first)).toBe(true);
  expect(await repository.hasCommit(first)).toBe(true);
  expect(await repository.hasCommit("0".repeat(40))).toBe(false);
});

test("nothing that the repository brings is run: hooks, fsmonitor, a git of its own, programs in node_modules", async () => {
  const { a } = await world();
  const trap = join(a, "trap.sh");
  await writeFile(trap, `#!/bin/sh\ntouch "${join(a, "sprung")}"\n`);
  await chmod(trap, 0o755);
  await mkdir(join(a, "node_modules/.bin"), { recursive: true });
  for (const place of ["git", "node_modules/.bin/git", ".git/hooks/post-index-change", ".git/hooks/reference-transaction"]) await symlink(trap, join(a, place));
  git(a, "config", "core.fsmonitor", trap);
  git(a, "config", "core.pager", trap);
  await write(a, "specs/a.md", "# A\n");
  const { repository } = await open(a, { ...process.env, PATH: `.:${process.env["PATH"]}` });
  await repository.branchFacts(GLOBS);
  await repository.changedSinceMergeBase(GLOBS);
  await repository.history(["0".repeat(40)]);
  expect(existsSync(join(a, "sprung"))).toBe(false);
});

test("git is taken from absolute folders of PATH only", async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, "git"), "");
  const here = relative(process.cwd(), folder);
  expect(findProgram("git", { PATH: [".", "", here].join(delimiter) })).toBeNull();
  expect(findProgram("git", { PATH: [here, folder].join(delimiter) })).toBe(join(folder, "git"));
  expect(findProgram("git", {})).toBeNull();
});

test("started by a hook of another repository, it still reads this one", async () => {
  const { a, first } = await world();
  const other = await world();
  const env = { ...process.env, GIT_DIR: join(other.b, ".git"), GIT_INDEX_FILE: join(other.b, ".git/index"), GIT_WORK_TREE: other.b };
  await write(a, "specs/a.md", "# A\n");
  const facts = await (await open(a, env)).repository.branchFacts(GLOBS);
  expect(facts).toMatchObject({ head: first, uncommitted: ["specs/a.md"], remote: { tip: first } });
});
