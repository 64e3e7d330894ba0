/** The exam, meeting: two runs of the bot, or a run and a person, in the same moment. */

import { expect } from "vitest";
import { branchOf, headOf, type ForgeExam } from "./stage.ts";

export const MEETING: readonly ForgeExam[] = [
  {
    name: "of several commits that expect the same, one lands, and the others learn what stands there",
    async run(stage) {
      const forges = [stage.forge, await stage.again(), await stage.again()];
      const outcomes = await Promise.all(
        forges.map((forge, index) =>
          forge.commit({ ref: "refs/canon/bot", expected: null, parent: null, files: [{ path: "memory.json", text: `${index}` }], message: "Memory" }),
        ),
      );
      const head = await stage.forge.head("refs/canon/bot");
      expect(outcomes.filter((outcome) => outcome.state === "done")).toEqual([{ state: "done", commit: head }]);
      expect(outcomes.filter((outcome) => outcome.state === "moved")).toHaveLength(2);
    },
  },
  {
    name: "of two equal commits that expect the same, one lands",
    async run(stage) {
      const one = await branchOf(stage, "topic");
      const wish = { ref: "refs/heads/topic", expected: one, parent: one, files: [{ path: "a.md", text: "a\n" }], message: "Same" };
      const other = await stage.again();
      const outcomes = await Promise.all([stage.forge.commit(wish), other.commit(wish)]);
      expect(outcomes.filter((outcome) => outcome.state === "done")).toHaveLength(1);
      expect(await stage.forge.commits(one, await headOf(stage, "topic"))).toHaveLength(1);
    },
  },
  {
    name: "several wishes for one branch open one pull request",
    async run(stage) {
      await branchOf(stage, "canon/sync/payments");
      const wish = { title: "Payments", body: "", head: "canon/sync/payments", base: "main", labels: ["canon"], reviewers: [] };
      const forges = [stage.forge, await stage.again(), await stage.again()];
      const made = await Promise.all(forges.map((forge) => forge.openPullRequest(wish)));
      expect(new Set(made.map(({ number }) => number)).size).toBe(1);
      expect(await stage.forge.pullRequests({})).toHaveLength(1);
    },
  },
  {
    name: "numbers and ids are given once, whoever asks",
    async run(stage) {
      const forges = [stage.forge, await stage.again()];
      const threads = await Promise.all(forges.flatMap((forge) => ["a", "b", "c"].map((title) => forge.openThread({ title, body: "", labels: [] }))));
      expect(new Set(threads.map(({ number }) => number)).size).toBe(6);
      const comments = await Promise.all(forges.flatMap((forge) => ["a", "b", "c"].map((body) => forge.comment(threads[0]!.number, body))));
      expect(new Set(comments.map(({ id }) => id)).size).toBe(6);
      expect(await stage.forge.comments(threads[0]!.number)).toHaveLength(6);
    },
  },
  {
    name: "labels given in the same moment are all kept",
    async run(stage) {
      const { number } = await stage.forge.openThread({ title: "a", body: "", labels: ["canon"] });
      const dana = await stage.person("dana");
      const other = await stage.again();
      await Promise.all([stage.forge.addLabels(number, ["one"]), other.addLabels(number, ["two"]), dana.label(number, ["three"])]);
      expect([...((await stage.forge.readThread(number))?.labels ?? [])].sort()).toEqual(["canon", "one", "three", "two"]);
    },
  },
];
