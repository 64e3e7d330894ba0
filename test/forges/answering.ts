/** The exam, answering: checks that replace each other, what people may do, and the kind of each error. */

import { expect } from "vitest";
import type { CheckRun, Permission } from "../../src/forges/forge.ts";
import { branchOf, kindOf, NOWHERE, SPEC, type ForgeExam, type ForgeStage } from "./stage.ts";

function check(commit: string, given: Partial<CheckRun> = {}): CheckRun {
  return { name: "canon plan", commit, conclusion: "success", title: "Nothing to do", summary: "All **equal**.", annotations: [], ...given };
}

/** Every write that there is. */
function writes({ forge, first }: ForgeStage, number: number, comment: string): readonly (readonly [string, () => Promise<unknown>])[] {
  return [
    ["commit", () => forge.commit({ ref: "refs/heads/new", expected: null, parent: first, files: [{ path: SPEC, text: "x\n" }], message: "x" })],
    ["move", () => forge.move("refs/heads/topic", first, null)],
    ["openPullRequest", () => forge.openPullRequest({ title: "x", body: "", head: "other", base: "main", labels: [], reviewers: [] })],
    ["editPullRequest", () => forge.editPullRequest(number, { title: "x" })],
    ["addLabels", () => forge.addLabels(number, ["x"])],
    ["editComment", () => forge.editComment(comment, "x")],
    ["setCheck", () => forge.setCheck(check(first))],
  ];
}

export const ANSWERING: readonly ForgeExam[] = [
  {
    name: "a check is shown with all it says",
    async run(stage) {
      const annotations = [
        { path: SPEC, line: 3, level: "failure", message: "No such status." },
        { path: SPEC, line: 5, level: "warning", message: "Ends with „“" },
        { path: "README.md", line: 1, level: "notice", message: "Two\nlines" },
      ] as const;
      const sent = check(stage.first, { conclusion: "action_required", title: "1 conflict", annotations });
      await stage.forge.setCheck(sent);
      expect(await stage.checks(stage.first)).toEqual([sent]);
    },
  },
  {
    name: "a check set again replaces the one of its name at its commit, and no other",
    async run(stage) {
      const topic = await branchOf(stage, "topic");
      await stage.forge.setCheck(check(stage.first, { conclusion: "failure", annotations: [{ path: SPEC, line: 1, level: "failure", message: "Wrong" }] }));
      await stage.forge.setCheck(check(stage.first, { name: "canon specs", conclusion: "neutral" }));
      await stage.forge.setCheck(check(topic));
      await stage.forge.setCheck(check(stage.first, { title: "2 changes" }));
      const shown = await stage.checks(stage.first);
      expect([...shown].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
        check(stage.first, { title: "2 changes" }),
        check(stage.first, { name: "canon specs", conclusion: "neutral" }),
      ]);
      expect(await stage.checks(topic)).toEqual([check(topic)]);
    },
  },
  {
    name: "120 annotations are all shown",
    async run(stage) {
      const annotations = Array.from({ length: 120 }, (_, index) => ({ path: SPEC, line: index + 1, level: "warning" as const, message: `Number ${index}` }));
      await stage.forge.setCheck(check(stage.first, { annotations }));
      expect((await stage.checks(stage.first)).map((shown) => shown.annotations)).toEqual([annotations]);
    },
  },
  {
    name: "a check of a commit that is not there is refused",
    async run({ forge }) {
      expect(["invalid", "not-found"]).toContain(await kindOf(forge.setCheck(check(NOWHERE))));
    },
  },
  {
    name: "permissions are those of now; a stranger has none",
    async run(stage) {
      const levels: readonly Permission[] = ["read", "write", "admin", "none"];
      for (const level of levels) {
        await stage.person(`one-${level}`, level);
        expect([level, await stage.forge.permissionOf(`one-${level}`)]).toEqual([level, level]);
      }
      await stage.permit("one-write", "read");
      await stage.permit("one-read", "write");
      expect(await stage.forge.permissionOf("one-write")).toBe("read");
      expect(await stage.forge.permissionOf("one-read")).toBe("write");
      for (const name of ["nobody-here", "", "../admin", "one-admin/x", "__proto__", "constructor"])
        expect([name, await stage.forge.permissionOf(name)]).toEqual([name, "none"]);
    },
  },
  {
    name: "who can see the repository is what it is now",
    async run(stage) {
      for (const visibility of ["public", "internal", "private"] as const) {
        await stage.setVisibility(visibility);
        expect((await stage.forge.repository()).visibility).toBe(visibility);
      }
    },
  },
  {
    name: "an account that may only read is forbidden every write, and reads on",
    async run(stage) {
      const topic = await branchOf(stage, "topic");
      await branchOf(stage, "other");
      const made = await stage.forge.openPullRequest({ title: "Topic", body: "", head: "topic", base: "main", labels: [], reviewers: [] });
      const comment = await (await stage.person("dana")).comment(made.number, "Mine");
      await stage.permit(stage.account, "read");
      for (const [name, write] of writes(stage, made.number, comment)) expect([name, await kindOf(write())]).toEqual([name, "forbidden"]);
      const { granted, needed } = await stage.forge.repository();
      if (granted !== null) expect(needed.filter((one) => !granted.includes(one))).not.toEqual([]);
      expect(await stage.forge.head("refs/heads/topic")).toBe(topic);
      expect(await stage.forge.head("refs/heads/new")).toBe(null);
      expect((await stage.forge.pullRequest(made.number)).title).toBe("Topic");
      expect(await stage.forge.comments(made.number)).toMatchObject([{ body: "Mine" }]);
      expect(await stage.checks(stage.first)).toEqual([]);
    },
  },
  {
    name: "a host that does not answer is unavailable, and what to do next is said",
    async run(stage) {
      const away = await stage.unreachable();
      const calls: readonly Promise<unknown>[] = [away.repository(), away.head("refs/heads/main"), away.branches(""), away.paths(stage.first)];
      for (const error of await Promise.all(calls.map((call) => call.then(String, (thrown: unknown) => thrown)))) {
        expect(error).toMatchObject({ name: "ForgeError", kind: "unavailable", hint: expect.stringMatching(/\w{3}/) });
      }
      const write = away.commit({ ref: "refs/heads/new", expected: null, parent: null, files: [{ path: "a.md", text: "a\n" }], message: "x" });
      expect(["unavailable", "unknown-outcome"]).toContain(await kindOf(write));
    },
  },
];
