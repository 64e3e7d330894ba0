/** The exam, merging: what a pull request would make of its base branch now, before anybody merges it. */

import { expect } from "vitest";
import { headOf, SPEC, START, type ForgeExam, type ForgePerson, type ForgeStage } from "./stage.ts";

const TEXT = START[SPEC] ?? "";
const THEIRS = TEXT.replace("14 days", "30 days");

async function proposed(dana: ForgePerson): Promise<number> {
  await dana.push("topic", [
    { path: SPEC, content: TEXT.replace("14 days", "7 days") },
    { path: "specs/keys.md", content: "# Keys\n" },
  ]);
  return dana.open({ title: "Topic", head: "topic" });
}

async function resultOf(stage: ForgeStage, number: number): Promise<Readonly<Record<string, string>> | null> {
  const commit = await stage.forge.mergeResult(number);
  return commit === null ? null : Object.fromEntries(await stage.forge.read(commit, [SPEC, "specs/keys.md", "specs/new.md", "README.md"]));
}

export const MERGING: readonly ForgeExam[] = [
  {
    name: "the merge result holds both sides, and stands on no branch",
    async run(stage) {
      const dana = await stage.person("dana");
      const number = await proposed(dana);
      const main = await dana.push("main", [{ path: "README.md", content: "# Pay, newer\n" }]);
      const expected = { [SPEC]: TEXT.replace("14 days", "7 days"), "specs/keys.md": "# Keys\n", "README.md": "# Pay, newer\n" };
      expect(await resultOf(stage, number)).toEqual(expected);
      const commit = await stage.forge.mergeResult(number);
      expect([...(await stage.forge.changed(main, commit ?? ""))].sort()).toEqual(["specs/keys.md", SPEC].sort());
      expect(await headOf(stage, "main")).toBe(main);
      expect((await stage.forge.branches("")).map(({ head }) => head)).not.toContain(commit);
      expect(await stage.forge.pullRequest(number)).toMatchObject({ state: "open", mergeCommit: null });
    },
  },
  {
    name: "where the two conflict there is none, until a person mends it",
    async run(stage) {
      const dana = await stage.person("dana");
      const number = await proposed(dana);
      await dana.push("main", [{ path: SPEC, content: THEIRS }]);
      expect(await stage.forge.mergeResult(number)).toBe(null);
      await dana.push("topic", [{ path: SPEC, content: THEIRS }]);
      expect(await resultOf(stage, number)).toMatchObject({ [SPEC]: THEIRS, "specs/keys.md": "# Keys\n" });
    },
  },
  {
    name: "when the base branch or the head moves, the result is another",
    async run(stage) {
      const dana = await stage.person("dana");
      const number = await proposed(dana);
      const before = await stage.forge.mergeResult(number);
      await dana.push("main", [{ path: "specs/new.md", content: "# New\n" }]);
      expect(await resultOf(stage, number)).toMatchObject({ "specs/new.md": "# New\n", "specs/keys.md": "# Keys\n" });
      expect(await stage.forge.mergeResult(number)).not.toBe(before);
      await dana.push("topic", [{ path: "specs/keys.md", content: null }]);
      expect(await resultOf(stage, number)).not.toHaveProperty(["specs/keys.md"]);
    },
  },
  {
    name: "what merging it makes is what was foreseen",
    async run(stage) {
      const dana = await stage.person("dana");
      const number = await proposed(dana);
      await dana.push("main", [{ path: "README.md", content: "# Pay, newer\n" }]);
      const foreseen = await stage.forge.mergeResult(number);
      expect(await stage.forge.changed(foreseen ?? "", await dana.merge(number))).toEqual([]);
    },
  },
  {
    name: "a fork's pull request has a merge result too",
    async run(stage) {
      await stage.setVisibility("public");
      const number = await (
        await stage.person("eve", "none")
      ).openFromFork({ title: "Mine", branch: "main", files: [{ path: "specs/new.md", content: "# Eve\n" }] });
      expect(await resultOf(stage, number)).toMatchObject({ "specs/new.md": "# Eve\n", [SPEC]: TEXT });
      expect(await headOf(stage, "main")).toBe(stage.first);
    },
  },
];
