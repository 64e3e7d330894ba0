/** The second guard: text of an old checkout never reaches a ticket that newer text has reached. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { judgeBehind, type History } from "../../src/core/plan/behind.ts";
import { commit, git, open, world } from "../io/git-world.ts";

const UNKNOWN = "0".repeat(40);

function base(from: string | null, unpushed = false, previous: string | null = null): { commit: string | null; unpushed: boolean; previous: string | null } {
  return { commit: from, unpushed, previous };
}

async function historyOf(folder: string, ...commits: readonly string[]): Promise<History> {
  return (await open(folder)).repository.history(commits);
}

test("a base from the history of HEAD, or without a commit: not behind", async () => {
  const { a, first } = await world();
  const second = await commit(a, "specs/a.md", "# A\n");
  const history = await historyOf(a, first, second);
  for (const from of [first, second, null]) expect(judgeBehind(base(from), "now", history)).toBe(false);
});

test("a base from a merged commit that is not in HEAD: behind, on any branch, whether fetched or not", async () => {
  const { a, b } = await world();
  git(a, "checkout", "-q", "-b", "feature/x");
  await commit(a, "specs/x.md", "# X\n");
  const merged = await commit(b, "specs/b.md", "# B\n");
  git(b, "push", "-q");
  expect(judgeBehind(base(merged), "now", await historyOf(a, merged))).toBe(true);
  git(a, "fetch", "-q");
  expect(judgeBehind(base(merged), "now", await historyOf(a, merged))).toBe(true);
});

test("a base from a branch that was never merged: not behind", async () => {
  const { a, b } = await world();
  git(b, "checkout", "-q", "-b", "side");
  const side = await commit(b, "specs/side.md", "# Side\n");
  git(b, "push", "-q", "origin", "side");
  git(a, "fetch", "-q");
  expect(judgeBehind(base(side, true), "now", await historyOf(a, side))).toBe(false);
  expect(judgeBehind(base(side), "now", await historyOf(a, side))).toBe(false);
});

test("a base that unpushed specs wrote: behind only where the spec is what it was before them", async () => {
  const { a, first } = await world();
  const history = await historyOf(a, UNKNOWN, first);
  expect(judgeBehind(base(UNKNOWN, true, "before"), "before", history)).toBe(true);
  expect(judgeBehind(base(UNKNOWN, true, "before"), "edited since", history)).toBe(false);
  expect(judgeBehind(base(first, true, "before"), "before", history)).toBe(false);
  expect(judgeBehind(base(UNKNOWN, true, null), "before", history)).toBe(false);
});

test("at the tip a commit that is not here cannot be merged: it was rebased away", async () => {
  const { a } = await world();
  expect(judgeBehind(base(UNKNOWN), "now", await historyOf(a, UNKNOWN))).toBe(false);
});

test("off the tip a commit that is not here is taken for merged, unless it was unpushed", async () => {
  const { a, b } = await world();
  await commit(b, "specs/b.md", "# B\n");
  git(b, "push", "-q");
  const history = await historyOf(a, UNKNOWN);
  expect(judgeBehind(base(UNKNOWN), "now", history)).toBe(true);
  expect(judgeBehind(base(UNKNOWN, true), "now", history)).toBe(false);
});

test("a shallow clone at the tip: what it does not have is not behind", async () => {
  const { root, remote, a, first } = await world();
  const tip = await commit(a, "specs/a.md", "# A\n");
  git(a, "push", "-q");
  git(root, "clone", "-q", "--depth", "1", `file://${remote}`, join(root, "shallow"));
  const history = await historyOf(join(root, "shallow"), first, tip);
  expect([...history.commits.keys()]).toEqual([tip]);
  expect(judgeBehind(base(first), "now", history)).toBe(false);
  expect(judgeBehind(base(first, true, "now"), "now", history)).toBe(false);
});

test("without a remote nothing is merged, and only the unpushed rule judges", async () => {
  const { root } = await world();
  const alone = join(root, "alone");
  git(root, "init", "-q", "-b", "main", alone);
  const old = await commit(alone, "specs/a.md", "# A\n");
  const newer = await commit(alone, "specs/a.md", "# B\n");
  git(alone, "checkout", "-q", "-b", "old", old);
  const history = await historyOf(alone, newer);
  expect(judgeBehind(base(newer, true, "A"), "A", history)).toBe(true);
  expect(judgeBehind(base(newer, true, "A"), "C", history)).toBe(false);
});

test("many bases cost three processes beside the two for the remote", async () => {
  const { a, b, first } = await world();
  const commits: string[] = [];
  for (let count = 0; count < 5; count += 1) commits.push(await commit(b, "specs/b.md", `# ${count}\n`));
  git(b, "push", "-q");
  git(a, "fetch", "-q");
  const { repository, processes } = await open(a);
  const history = await repository.history([...commits, first, UNKNOWN]);
  expect(commits.map((one) => history.commits.get(one))).toEqual(commits.map(() => ({ inHead: false, inDefault: true })));
  expect(processes.map((line) => line.split(" ")[2])).toEqual(["ls-remote", "rev-list", "cat-file", "rev-list", "rev-list"]);
});
