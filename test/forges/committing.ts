/** The exam, committing: several files in one commit, only onto what was expected, on branches and on `refs/canon/bot`. */

import { expect } from "vitest";
import type { CommitWish, FileChange } from "../../src/forges/forge.ts";
import { branchOf, headOf, kindOf, landed, NOWHERE, SPEC, START, type ForgeExam, type ForgeStage } from "./stage.ts";

const MEMORY = "refs/canon/bot";

function onMain(stage: ForgeStage, files: readonly FileChange[], given: Partial<CommitWish> = {}): CommitWish {
  return { ref: "refs/heads/canon/sync/payments", expected: null, parent: stage.first, files, message: "Take over from PAY-1", ...given };
}

export const COMMITTING: readonly ForgeExam[] = [
  {
    name: "several files become one commit of Canon's on a new branch; all others stay",
    async run(stage) {
      const text = "# Übersicht\r\n\r\n- [ ] naïve 🧾";
      const files = [
        { path: SPEC, text },
        { path: "specs/neu & alt/Übersicht.md", text: "\uFEFFx" },
        { path: "empty.md", text: "" },
        { path: "README.md", text: null },
      ];
      const message = "Take over from PAY-1\n\nTwo lines.\n\nCanon-Run: 1";
      const commit = landed(await stage.forge.commit(onMain(stage, files, { message })));
      expect(await headOf(stage, "canon/sync/payments")).toBe(commit);
      expect(await stage.forge.commits(stage.first, commit)).toMatchObject([{ id: commit, parents: [stage.first], author: stage.account, message }]);
      const paths = [SPEC, "empty.md", "specs/neu & alt/Übersicht.md"];
      expect([...(await stage.forge.paths(commit))].sort()).toEqual([...paths].sort());
      expect(Object.fromEntries(await stage.forge.read(commit, paths))).toEqual({ [SPEC]: text, "empty.md": "", "specs/neu & alt/Übersicht.md": "\uFEFFx" });
      expect(await headOf(stage, "main")).toBe(stage.first);
    },
  },
  {
    name: "the next commit expects the one before it",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      const two = landed(await stage.forge.commit(onMain(stage, [{ path: SPEC, text: "2\n" }], { ref: "refs/heads/topic", expected: one, parent: one })));
      expect(await stage.forge.commits(stage.first, two)).toMatchObject([{ id: two, parents: [one] }, { id: one }]);
      expect(await stage.forge.changed(one, two)).toEqual([SPEC]);
    },
  },
  {
    name: "where a person pushed since, nothing is written and the answer says what stands there",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      const theirs = await (await stage.person("dana")).push("topic", [{ path: SPEC, content: "theirs\n" }]);
      const wish = onMain(stage, [{ path: SPEC, text: "ours\n" }], { ref: "refs/heads/topic", expected: one, parent: one });
      expect(await stage.forge.commit(wish)).toEqual({ state: "moved", now: theirs });
      expect(await headOf(stage, "topic")).toBe(theirs);
    },
  },
  {
    name: "where a person pushed by force, nothing is written",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      const theirs = await (await stage.person("dana")).push("topic", [{ path: "a.md", content: "a\n" }], { onto: stage.first });
      expect(await stage.forge.commit(onMain(stage, [], { ref: "refs/heads/topic", expected: one, parent: one }))).toEqual({ state: "moved", now: theirs });
      expect(await stage.forge.commits(stage.first, await headOf(stage, "topic"))).toMatchObject([{ id: theirs }]);
    },
  },
  {
    name: "a branch that was to be new and exists is left alone",
    async run(stage) {
      const theirs = await (await stage.person("dana")).push("canon/sync/payments", [{ path: "a.md", content: "a\n" }]);
      expect(await stage.forge.commit(onMain(stage, [{ path: SPEC, text: "x\n" }]))).toEqual({ state: "moved", now: theirs });
      expect(await headOf(stage, "canon/sync/payments")).toBe(theirs);
    },
  },
  {
    name: "a branch that was deleted meanwhile is not made again",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      await (await stage.person("dana")).deleteBranch("topic");
      expect(await stage.forge.commit(onMain(stage, [{ path: SPEC, text: "x\n" }], { ref: "refs/heads/topic", expected: one, parent: one }))).toEqual({
        state: "moved",
        now: null,
      });
      expect(await stage.forge.head("refs/heads/topic")).toBe(null);
    },
  },
  {
    name: "a branch is built anew on another parent, if it stands where it was expected",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      const main = await (await stage.person("dana")).push("main", [{ path: "b.md", content: "b\n" }]);
      const wish = onMain(stage, [{ path: SPEC, text: "new\n" }], { ref: "refs/heads/topic", expected: one, parent: main });
      const commit = landed(await stage.forge.commit(wish));
      expect(await stage.forge.commits(main, await headOf(stage, "topic"))).toMatchObject([{ id: commit, parents: [main] }]);
      expect(await stage.forge.commit({ ...wish, message: "Too late" })).toEqual({ state: "moved", now: commit });
    },
  },
  {
    name: "a memory outside the branches is written, read, replaced on none, and seen by nobody as a branch",
    async run(stage) {
      const write = (text: string, expected: string | null): ReturnType<ForgeStage["forge"]["commit"]> =>
        stage.forge.commit({ ref: MEMORY, expected, parent: null, files: [{ path: "memory.json", text }], message: "Memory" });
      const one = landed(await write("1", null));
      expect(await stage.forge.head(MEMORY)).toBe(one);
      const two = landed(await write("2", one));
      expect(await write("late", one)).toEqual({ state: "moved", now: two });
      expect(await write("late", null)).toEqual({ state: "moved", now: two });
      const other = await stage.again();
      expect(await other.head(MEMORY)).toBe(two);
      expect(await other.read(two, ["memory.json"])).toEqual(new Map([["memory.json", "2"]]));
      expect(await other.paths(two)).toEqual(["memory.json"]);
      expect((await stage.forge.branches("")).map(({ name }) => name)).toEqual(["main"]);
    },
  },
  {
    name: "a commit without files keeps all that is there",
    async run(stage) {
      const commit = landed(await stage.forge.commit(onMain(stage, [])));
      expect(commit).not.toBe(stage.first);
      expect(await stage.forge.changed(stage.first, commit)).toEqual([]);
    },
  },
  {
    name: "to take away what is not there changes nothing",
    async run(stage) {
      const commit = landed(
        await stage.forge.commit(
          onMain(stage, [
            { path: "missing/there.md", text: null },
            { path: "a.md", text: "a\n" },
          ]),
        ),
      );
      expect(await stage.forge.changed(stage.first, commit)).toEqual(["a.md"]);
    },
  },
  {
    name: "an executable file stays one",
    async run(stage) {
      const person = await stage.person("dana");
      const before = await person.push("main", [{ path: "run.sh", content: "one\n", kind: "executable" }]);
      const commit = landed(await stage.forge.commit(onMain(stage, [{ path: "run.sh", text: "two\n" }], { parent: before })));
      expect((await stage.forge.read(commit, ["run.sh"])).get("run.sh")).toBe("two\n");
      // Only the text differs: with the old text again, nothing does.
      const after = await person.push("canon/sync/payments", [{ path: "run.sh", content: "one\n", kind: "executable" }]);
      expect(await stage.forge.changed(before, after)).toEqual([]);
      expect(await stage.forge.changed(before, commit)).toEqual(["run.sh"]);
      const back = landed(await stage.forge.commit(onMain(stage, [{ path: "run.sh", text: "one\n" }], { ref: "refs/heads/back", parent: commit })));
      expect(await stage.forge.changed(before, back)).toEqual([]);
    },
  },
  {
    name: "nothing is written through a link, into a submodule, over a folder or below a file",
    async run(stage) {
      const before = await (
        await stage.person("dana")
      ).push("main", [
        { path: "link.md", content: SPEC, kind: "link" },
        { path: "folder", content: "specs", kind: "link" },
        { path: "vendored", content: stage.first, kind: "submodule" },
      ]);
      for (const path of ["link.md", "folder/payments.md", "vendored", "vendored/a.md", "specs", "README.md/a.md"]) {
        for (const text of ["x\n", null])
          expect([path, await kindOf(stage.forge.commit(onMain(stage, [{ path, text }], { parent: before })))]).toEqual([path, "invalid"]);
      }
      expect(await stage.forge.head("refs/heads/canon/sync/payments")).toBe(null);
    },
  },
  {
    name: "paths that leave the tree or reach into git are refused",
    async run(stage) {
      for (const path of [
        "",
        "/a.md",
        "../a.md",
        "a/../b.md",
        "a//b.md",
        "./a.md",
        "a/",
        ".git/hooks/post-checkout",
        "sub/.GIT/config",
        "a\0b.md",
        "a\nb.md",
      ]) {
        expect([path, await kindOf(stage.forge.commit(onMain(stage, [{ path, text: "x\n" }])))]).toEqual([path, "invalid"]);
      }
      expect(
        await kindOf(
          stage.forge.commit(
            onMain(stage, [
              { path: "a.md", text: "1" },
              { path: "a.md", text: "2" },
            ]),
          ),
        ),
      ).toBe("invalid");
    },
  },
  {
    name: "an unknown parent is not found, and nothing is written",
    async run(stage) {
      expect(await kindOf(stage.forge.commit(onMain(stage, [], { parent: NOWHERE })))).toBe("not-found");
      expect(await stage.forge.head("refs/heads/canon/sync/payments")).toBe(null);
    },
  },
  {
    name: "a reference is moved, back too, only from where it was expected",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      expect(await stage.forge.move("refs/heads/topic", stage.first, one)).toEqual({ state: "moved", now: one });
      expect(await stage.forge.move("refs/heads/topic", one, stage.first)).toEqual({ state: "done", commit: stage.first });
      expect(await headOf(stage, "topic")).toBe(stage.first);
      expect(await stage.forge.move("refs/heads/topic", one, stage.first)).toEqual({ state: "moved", now: stage.first });
      expect(await stage.forge.move("refs/heads/missing", one, stage.first)).toEqual({ state: "moved", now: null });
      expect(await stage.forge.head("refs/heads/missing")).toBe(null);
    },
  },
  {
    name: "a reference is taken away only from where it was expected",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      expect(await stage.forge.move("refs/heads/topic", stage.first, null)).toEqual({ state: "moved", now: one });
      expect(await headOf(stage, "topic")).toBe(one);
      expect(await stage.forge.move("refs/heads/topic", one, null)).toEqual({ state: "done", commit: one });
      expect(await stage.forge.head("refs/heads/topic")).toBe(null);
      expect(await stage.forge.move("refs/heads/topic", one, null)).toEqual({ state: "moved", now: null });
    },
  },
  {
    name: "a protected branch takes no commit",
    async run(stage) {
      await stage.protect("main");
      const wish = onMain(stage, [{ path: SPEC, text: "x\n" }], { ref: "refs/heads/main", expected: stage.first });
      expect(await kindOf(stage.forge.commit(wish))).toBe("forbidden");
      expect(await headOf(stage, "main")).toBe(stage.first);
      expect((await stage.forge.read(stage.first, [SPEC])).get(SPEC)).toBe(START[SPEC]);
    },
  },
];
