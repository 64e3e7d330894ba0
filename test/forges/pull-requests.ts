/** The exam, pull requests: opened once per branch, followed through all that people do with them. */

import { expect } from "vitest";
import type { PullRequest, PullRequestWish } from "../../src/forges/forge.ts";
import { branchOf, headOf, kindOf, landed, SPEC, subjects, TICK, ticked, type ForgeExam, type ForgeStage } from "./stage.ts";

const BRANCH = "canon/sync/payments";

function wishOf(given: Partial<PullRequestWish> = {}): PullRequestWish {
  return { title: "Payments: 1 change", body: "From PAY-1.\n\n- [ ] Resume\n", head: BRANCH, base: "main", labels: [], reviewers: [], ...given };
}

async function opened(stage: ForgeStage, given: Partial<PullRequestWish> = {}): Promise<PullRequest> {
  const wish = wishOf(given);
  await branchOf(stage, wish.head);
  return stage.forge.openPullRequest(wish);
}

const numbers = (list: readonly PullRequest[]): readonly number[] => list.map(({ number }) => number);

export const PULL_REQUESTS: readonly ForgeExam[] = [
  {
    name: "an opened pull request is as it was wished, and the same when it is read",
    async run(stage) {
      await stage.person("rita");
      const commit = await branchOf(stage, BRANCH);
      const made = await stage.forge.openPullRequest(wishOf({ title: "Zahlungen: „1“ change", labels: ["canon", "spec update"], reviewers: ["rita"] }));
      expect(made).toMatchObject({
        title: "Zahlungen: „1“ change",
        body: wishOf().body,
        state: "open",
        author: stage.account,
        head: { branch: BRANCH, commit, fork: false },
        base: { branch: "main", commit: stage.first },
        mergeCommit: null,
        endedBy: null,
      });
      expect([...made.labels].sort()).toEqual(["canon", "spec update"]);
      expect(made.url).toMatch(/^\w+:\/\//);
      expect(made.createdAt.slice(0, 19)).toBe(stage.now().slice(0, 19));
      expect(await stage.forge.pullRequest(made.number)).toEqual(made);
      expect(await stage.forge.pullRequests({})).toEqual([made]);
      expect(await stage.reviewers(made.number)).toEqual(["rita"]);
    },
  },
  {
    name: "a reviewer whom the host does not take stops nothing",
    async run(stage) {
      await stage.person("rita");
      const made = await opened(stage, { reviewers: ["nobody-here", stage.account, "rita"] });
      expect(made.state).toBe("open");
      expect(await stage.reviewers(made.number)).toEqual(["rita"]);
    },
  },
  {
    name: "one branch has one open pull request: a second wish answers the first, as it stands",
    async run(stage) {
      const made = await opened(stage);
      await (await stage.person("dana")).edit(made.number, { title: "Dana's title" });
      const again = await stage.forge.openPullRequest(wishOf({ title: "Other", body: "Other", labels: ["other"] }));
      expect(again).toMatchObject({ number: made.number, title: "Dana's title", body: made.body, labels: [] });
      const other = await stage.again();
      expect((await other.openPullRequest(wishOf())).number).toBe(made.number);
      expect(numbers(await stage.forge.pullRequests({}))).toEqual([made.number]);
    },
  },
  {
    name: "a person's open pull request of the branch is answered too",
    async run(stage) {
      await branchOf(stage, BRANCH);
      const theirs = await (await stage.person("dana")).open({ title: "By hand", head: BRANCH });
      expect(await stage.forge.openPullRequest(wishOf())).toMatchObject({ number: theirs, author: "dana", title: "By hand", body: "" });
    },
  },
  {
    name: "a fork's branch of the same name is another branch",
    async run(stage) {
      const theirs = await (
        await stage.person("eve", "none")
      ).openFromFork({ title: "Mine", branch: BRANCH, files: [{ path: "canon.config.yaml", content: "x: 1\n" }] });
      const made = await opened(stage);
      expect(made).toMatchObject({ author: stage.account, head: { fork: false } });
      const fork = await stage.forge.pullRequest(theirs);
      expect(fork).toMatchObject({ author: "eve", state: "open", head: { branch: BRANCH, fork: true } });
      expect(fork.head.commit).not.toBe(made.head.commit);
      // Its text can be read, to be compiled and no more; its branch is none of ours.
      expect((await stage.forge.read(fork.head.commit, ["canon.config.yaml"])).get("canon.config.yaml")).toBe("x: 1\n");
      expect(await stage.forge.changed(stage.first, fork.head.commit)).toEqual(["canon.config.yaml"]);
      expect((await stage.forge.branches("canon/")).map(({ head }) => head)).toEqual([made.head.commit]);
      expect(numbers(await stage.forge.pullRequests({ headPrefix: "canon/sync/" }))).toEqual([made.number, theirs]);
    },
  },
  {
    name: "after one ended, the branch may have a new one",
    async run(stage) {
      const first = await opened(stage);
      await (await stage.person("dana")).close(first.number);
      const second = await stage.forge.openPullRequest(wishOf());
      expect(second.number).toBeGreaterThan(first.number);
      expect(numbers(await stage.forge.pullRequests({ state: "open" }))).toEqual([second.number]);
      expect(numbers(await stage.forge.pullRequests({ state: "ended" }))).toEqual([first.number]);
      expect(await kindOf(stage.forge.editPullRequest(first.number, { state: "open" }))).toBe("invalid");
    },
  },
  {
    name: "without its branch, its base or a commit of its own, no pull request is opened",
    async run(stage) {
      await branchOf(stage, BRANCH);
      expect(await kindOf(stage.forge.openPullRequest(wishOf({ head: "missing" })))).toBe("invalid");
      expect(await kindOf(stage.forge.openPullRequest(wishOf({ base: "missing" })))).toBe("invalid");
      await (await stage.person("dana")).push("same", [{ path: "a.md", content: "a\n" }]);
      const same = await headOf(stage, "same");
      landed(await stage.forge.move("refs/heads/same", same, stage.first));
      expect(await kindOf(stage.forge.openPullRequest(wishOf({ head: "same" })))).toBe("invalid");
      expect(await stage.forge.pullRequests({})).toEqual([]);
    },
  },
  {
    name: "a merged one says who merged it and by which commit on the base branch",
    async run(stage) {
      const made = await opened(stage);
      const dana = await stage.person("dana");
      const beside = await dana.push("main", [{ path: "b.md", content: "b\n" }]);
      const merge = await dana.merge(made.number);
      expect(await stage.forge.pullRequest(made.number)).toMatchObject({
        state: "merged",
        endedBy: "dana",
        mergeCommit: merge,
        head: { commit: made.head.commit },
      });
      expect(await headOf(stage, "main")).toBe(merge);
      expect(await stage.forge.mergeBase(merge, made.head.commit)).toBe(made.head.commit);
      expect((await stage.forge.commits(beside, merge)).map(({ id }) => id)).toEqual([merge, made.head.commit]);
      expect((await stage.forge.read(merge, [`of/${BRANCH}.md`])).size).toBe(1);
    },
  },
  {
    name: "a squashed one has its one commit on the base branch, and its branch may go",
    async run(stage) {
      const made = await opened(stage);
      const dana = await stage.person("dana");
      await dana.push("main", [{ path: "b.md", content: "b\n" }]);
      const squash = await dana.merge(made.number, "squash");
      await dana.deleteBranch(BRANCH);
      expect(await stage.forge.pullRequest(made.number)).toMatchObject({
        state: "merged",
        mergeCommit: squash,
        head: { branch: BRANCH, commit: made.head.commit },
      });
      expect(await stage.forge.changed(stage.first, squash)).toEqual(["b.md", `of/${BRANCH}.md`]);
      expect(await stage.forge.mergeBase(squash, made.head.commit)).toBe(stage.first);
    },
  },
  {
    name: "a closed one says who closed it, and nothing of that once it is open again",
    async run(stage) {
      const made = await opened(stage);
      const dana = await stage.person("dana");
      await dana.close(made.number);
      expect(await stage.forge.pullRequest(made.number)).toMatchObject({ state: "closed", endedBy: "dana", mergeCommit: null });
      await dana.reopen(made.number);
      expect(await stage.forge.pullRequest(made.number)).toMatchObject({ state: "open", endedBy: null });
    },
  },
  {
    name: "Canon closes and opens again itself; a merged one does not open again",
    async run(stage) {
      const made = await opened(stage);
      expect(await stage.forge.editPullRequest(made.number, { state: "closed" })).toMatchObject({ state: "closed", endedBy: stage.account });
      expect(await stage.forge.editPullRequest(made.number, { state: "open" })).toMatchObject({ state: "open", endedBy: null });
      await (await stage.person("dana")).merge(made.number);
      expect(await kindOf(stage.forge.editPullRequest(made.number, { state: "open" }))).toBe("invalid");
      expect(await stage.forge.editPullRequest(made.number, { title: "Still a title" })).toMatchObject({ state: "merged", title: "Still a title" });
    },
  },
  {
    name: "only what is given is edited",
    async run(stage) {
      const made = await opened(stage, { labels: ["canon"] });
      await (await stage.person("dana")).edit(made.number, { title: "Dana's title" });
      expect(await stage.forge.editPullRequest(made.number, { body: "New\r\n\n**body** 🧾" })).toMatchObject({
        title: "Dana's title",
        body: "New\r\n\n**body** 🧾",
        labels: ["canon"],
        state: "open",
      });
      expect(await stage.forge.editPullRequest(made.number, { title: "Ours" })).toMatchObject({ title: "Ours", body: "New\r\n\n**body** 🧾" });
    },
  },
  {
    name: "a box that a person ticks in the body is read",
    async run(stage) {
      const made = await opened(stage);
      await (await stage.person("dana")).edit(made.number, { body: ticked(made.body, "Resume") });
      expect((await stage.forge.pullRequest(made.number)).body).toBe("From PAY-1.\n\n- [x] Resume\n");
    },
  },
  {
    name: "the head follows the branch, also by force, while the pull request is open",
    async run(stage) {
      const made = await opened(stage);
      const dana = await stage.person("dana");
      const theirs = await dana.push(BRANCH, [{ path: SPEC, content: "theirs\n" }], { message: "By hand" });
      expect((await stage.forge.pullRequest(made.number)).head.commit).toBe(theirs);
      expect(subjects(await stage.forge.commits(stage.first, theirs))).toEqual(["By hand", `Begin ${BRANCH}`]);
      const forced = await dana.push(BRANCH, [{ path: SPEC, content: "forced\n" }], { onto: stage.first });
      expect((await stage.forge.pullRequests({}))[0]?.head.commit).toBe(forced);
      await dana.close(made.number);
      await dana.push(BRANCH, [{ path: SPEC, content: "later\n" }]);
      expect((await stage.forge.pullRequest(made.number)).state).toBe("closed");
    },
  },
  {
    name: "a pull request whose branch is deleted is closed, by a person or by Canon",
    async run(stage) {
      const made = await opened(stage);
      await (await stage.person("dana")).deleteBranch(BRANCH);
      expect(await stage.forge.pullRequest(made.number)).toMatchObject({
        state: "closed",
        mergeCommit: null,
        head: { branch: BRANCH, commit: made.head.commit },
      });
      const other = await opened(stage, { head: "canon/other" });
      landed(await stage.forge.move("refs/heads/canon/other", other.head.commit, null));
      expect(numbers(await stage.forge.pullRequests({ state: "open" }))).toEqual([]);
      expect(numbers(await stage.forge.pullRequests({ state: "ended" }))).toEqual([other.number, made.number]);
    },
  },
  {
    name: "a list is the newest first, by state, branch and author",
    async run(stage) {
      const dana = await stage.person("dana");
      const one = await opened(stage);
      const two = await opened(stage, { head: "canon/sync/keys" });
      await dana.push("feature", [{ path: "a.md", content: "a\n" }]);
      const three = await dana.open({ title: "Feature", head: "feature" });
      await dana.merge(one.number);
      await dana.close(two.number);
      const { forge } = stage;
      expect(numbers(await forge.pullRequests({}))).toEqual([three, two.number, one.number]);
      expect(numbers(await forge.pullRequests({ state: "open" }))).toEqual([three]);
      expect(numbers(await forge.pullRequests({ state: "ended" }))).toEqual([two.number, one.number]);
      expect(numbers(await forge.pullRequests({ headPrefix: "canon/sync/" }))).toEqual([two.number, one.number]);
      expect(numbers(await forge.pullRequests({ headPrefix: "canon/sync/pay", state: "open" }))).toEqual([]);
      expect(numbers(await forge.pullRequests({ author: "dana" }))).toEqual([three]);
      expect(numbers(await forge.pullRequests({ author: stage.account, state: "ended" }))).toEqual([two.number, one.number]);
      expect(await forge.pullRequests({ author: "nobody" })).toEqual([]);
    },
  },
  {
    name: "since: those that were opened, edited, commented on, pushed to, labelled or ended from that moment on",
    async run(stage) {
      const dana = await stage.person("dana");
      const made: PullRequest[] = [];
      for (const name of ["quiet", "edited", "commented", "pushed", "committed", "labelled", "merged"]) made.push(await opened(stage, { head: name }));
      const [, edited, commented, pushed, committed, labelled, merged] = numbers(made);
      await stage.pass(TICK);
      const since = stage.now();
      expect(await stage.forge.pullRequests({ since })).toEqual([]);
      await stage.pass(TICK);
      await dana.edit(edited!, { body: "New" });
      await dana.comment(commented!, "Hello");
      await dana.push("pushed", [{ path: "a.md", content: "a\n" }]);
      const stood = await headOf(stage, "committed");
      landed(await stage.forge.commit({ ref: "refs/heads/committed", expected: stood, parent: stood, files: [{ path: SPEC, text: "x\n" }], message: "More" }));
      await stage.forge.addLabels(labelled!, ["canon"]);
      await dana.merge(merged!);
      const fresh = await opened(stage, { head: "fresh" });
      expect(numbers(await stage.forge.pullRequests({ since }))).toEqual([fresh.number, merged, labelled, committed, pushed, commented, edited]);
    },
  },
  {
    name: "more pull requests than a page holds are listed whole",
    async run(stage) {
      const dana = await stage.person("dana");
      await branchOf(stage, BRANCH);
      const made: number[] = [];
      for (let n = 0; n < 102; n += 1) {
        made.unshift(await dana.open({ title: `Try ${n}`, head: BRANCH }));
        if (n < 101) await dana.close(made[0]!);
      }
      expect(numbers(await stage.forge.pullRequests({}))).toEqual(made);
      expect(numbers(await stage.forge.pullRequests({ state: "open" }))).toEqual([made[0]]);
      expect(numbers(await stage.forge.pullRequests({ headPrefix: BRANCH, state: "ended" }))).toEqual(made.slice(1));
    },
  },
  {
    name: "labels are added to those that people gave, and none is given twice",
    async run(stage) {
      const made = await opened(stage, { labels: ["canon"] });
      const dana = await stage.person("dana");
      await dana.label(made.number, ["urgent"]);
      await stage.forge.addLabels(made.number, ["canon", "spec update"]);
      await stage.forge.addLabels(made.number, []);
      expect([...(await stage.forge.pullRequest(made.number)).labels].sort()).toEqual(["canon", "spec update", "urgent"]);
      await dana.label(made.number, [], ["canon"]);
      expect([...(await stage.forge.pullRequest(made.number)).labels].sort()).toEqual(["spec update", "urgent"]);
    },
  },
  {
    name: "a number that leads nowhere is not found",
    async run({ forge }) {
      const calls = [forge.pullRequest(4711), forge.mergeResult(4711), forge.editPullRequest(4711, { title: "x" }), forge.addLabels(4711, ["x"])];
      expect(new Set(await Promise.all(calls.map(kindOf)))).toEqual(new Set(["not-found"]));
    },
  },
];
