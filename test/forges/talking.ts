/** The exam, talking: comments that are edited in place among hundreds of others, and threads that hold questions. */

import { expect } from "vitest";
import { branchOf, kindOf, TICK, ticked, type ForgeExam, type ForgeStage } from "./stage.ts";

/** More characters than a host takes in one text. */
const TOO_LONG = 65_537;

async function pullRequest(stage: ForgeStage): Promise<number> {
  await branchOf(stage, "topic");
  return (await stage.forge.openPullRequest({ title: "Topic", body: "", head: "topic", base: "main", labels: [], reviewers: [] })).number;
}

export const TALKING: readonly ForgeExam[] = [
  {
    name: "a comment comes back as it was written",
    async run(stage) {
      const number = await pullRequest(stage);
      const body = "## Plan\n\n<!-- canon:plan -->\n\n| a | b |\n|---|---|\n| `x` | 🧾 naïve |\n\n<details>\r\n\r\n- [ ] yes\n";
      const made = await stage.forge.comment(number, body);
      expect(made).toMatchObject({ author: stage.account, body });
      expect([made.createdAt.slice(0, 19), made.updatedAt.slice(0, 19)]).toEqual([stage.now().slice(0, 19), stage.now().slice(0, 19)]);
      expect(await stage.forge.readComment(made.id)).toEqual(made);
      expect(await stage.forge.comments(number)).toEqual([made]);
    },
  },
  {
    name: "an edited comment keeps its id, place and author",
    async run(stage) {
      const [number, dana] = [await pullRequest(stage), await stage.person("dana")];
      const before = await dana.comment(number, "First");
      const made = await stage.forge.comment(number, "Plan 1");
      const after = await dana.comment(number, "Last");
      await stage.pass(TICK);
      const edited = await stage.forge.editComment(made.id, "Plan 2");
      expect(edited).toMatchObject({ id: made.id, author: stage.account, body: "Plan 2", createdAt: made.createdAt });
      expect(edited.updatedAt > made.updatedAt).toBe(true);
      expect((await stage.forge.comments(number)).map(({ id, author, body }) => [id, author, body])).toEqual([
        [before, "dana", "First"],
        [made.id, stage.account, "Plan 2"],
        [after, "dana", "Last"],
      ]);
    },
  },
  {
    name: "300 comments are listed whole, the oldest first, and Canon's is still edited in place",
    async run(stage) {
      const [number, dana] = [await pullRequest(stage), await stage.person("dana")];
      const ids: string[] = [];
      for (let n = 0; n < 150; n += 1) ids.push(await dana.comment(number, `Comment ${n}`));
      const ours = await stage.forge.comment(number, "Plan 1");
      ids.push(ours.id);
      for (let n = 151; n < 301; n += 1) ids.push(await dana.comment(number, `Comment ${n}`));
      expect((await stage.forge.comments(number)).map(({ id }) => id)).toEqual(ids);
      await stage.forge.editComment(ours.id, "Plan 2");
      const found = await stage.forge.comments(number);
      expect(found).toHaveLength(301);
      expect(found.filter(({ author }) => author === stage.account)).toMatchObject([{ id: ours.id, body: "Plan 2" }]);
    },
  },
  {
    name: "since: comments that were written or edited from that moment on",
    async run(stage) {
      const [number, dana] = [await pullRequest(stage), await stage.person("dana")];
      await dana.comment(number, "Old");
      const edited = await dana.comment(number, "- [ ] yes");
      await stage.pass(TICK);
      const since = stage.now();
      expect(await stage.forge.comments(number, since)).toEqual([]);
      await stage.pass(TICK);
      await dana.editComment(edited, ticked("- [ ] yes", "yes"));
      const fresh = await dana.comment(number, "/canon answer 1");
      expect((await stage.forge.comments(number, since)).map(({ id, body }) => [id, body])).toEqual([
        [edited, "- [x] yes"],
        [fresh, "/canon answer 1"],
      ]);
    },
  },
  {
    name: "a box that a person ticks in Canon's comment is read; the author stays Canon",
    async run(stage) {
      const [number, dana] = [await pullRequest(stage), await stage.person("dana")];
      const made = await stage.forge.comment(number, "- [ ] Resume\n- [ ] Stop\n");
      await dana.editComment(made.id, ticked(made.body, "Resume"));
      expect(await stage.forge.readComment(made.id)).toMatchObject({ author: stage.account, body: "- [x] Resume\n- [ ] Stop\n" });
    },
  },
  {
    name: "a comment that a person deleted is gone: read as null, and not written again by an edit",
    async run(stage) {
      const [number, dana] = [await pullRequest(stage), await stage.person("dana")];
      const made = await stage.forge.comment(number, "Plan");
      await dana.deleteComment(made.id);
      expect(await stage.forge.readComment(made.id)).toBe(null);
      expect(await kindOf(stage.forge.editComment(made.id, "Plan 2"))).toBe("not-found");
      expect(await stage.forge.comments(number)).toEqual([]);
      expect((await stage.forge.comment(number, "Plan 3")).id).not.toBe(made.id);
    },
  },
  {
    name: "ended pull requests can be commented on",
    async run(stage) {
      const number = await pullRequest(stage);
      await (await stage.person("dana")).merge(number);
      await stage.forge.comment(number, "Applied.");
      expect(await stage.forge.comments(number)).toMatchObject([{ body: "Applied." }]);
    },
  },
  {
    name: "comments of a number that leads nowhere are not found, and ids that cannot be are refused or gone",
    async run({ forge }) {
      expect(await kindOf(forge.comments(4711))).toBe("not-found");
      expect(await kindOf(forge.comment(4711, "Hello"))).toBe("not-found");
      for (const id of ["../../repository", "1/../2", "", "x y"]) expect(["invalid", "not-found"]).toContain(await kindOf(forge.editComment(id, "x")));
    },
  },
  {
    name: "a text that is too long is refused whole",
    async run(stage) {
      const number = await pullRequest(stage);
      const long = "x".repeat(TOO_LONG);
      const { id } = await stage.forge.comment(number, "x".repeat(60_000));
      expect(await kindOf(stage.forge.comment(number, long))).toBe("invalid");
      expect(await kindOf(stage.forge.editComment(id, long))).toBe("invalid");
      expect(await kindOf(stage.forge.editPullRequest(number, { body: long }))).toBe("invalid");
      expect(await kindOf(stage.forge.openThread({ title: "x", body: long, labels: [] }))).toBe("invalid");
      expect((await stage.forge.comments(number)).map(({ body }) => body.length)).toEqual([60_000]);
    },
  },
  {
    name: "a thread is opened, found by author and label, edited, closed and opened again",
    async run(stage) {
      const { forge, account } = stage;
      const made = await forge.openThread({ title: "Canon: 2 questions", body: "- [ ] yes\n", labels: ["canon:questions", "bot"] });
      expect(made).toMatchObject({ title: "Canon: 2 questions", body: "- [ ] yes\n", open: true, author: account });
      expect([...made.labels].sort()).toEqual(["bot", "canon:questions"]);
      expect(await forge.readThread(made.number)).toEqual(made);
      expect(await forge.threads({ author: account, label: "canon:questions" })).toEqual([made]);
      const edited = await forge.editThread(made.number, { body: "- [ ] no\n" });
      expect(edited).toEqual({ ...made, body: "- [ ] no\n" });
      expect(await forge.editThread(made.number, { open: false, title: "Canon: no question" })).toMatchObject({
        open: false,
        title: "Canon: no question",
        body: "- [ ] no\n",
      });
      expect(await forge.threads({ author: account, label: "canon:questions" })).toMatchObject([{ number: made.number, open: false }]);
      expect(await forge.editThread(made.number, { open: true })).toMatchObject({ open: true });
    },
  },
  {
    name: "threads of others, without the label, and pull requests are no threads of Canon's; the oldest comes first",
    async run(stage) {
      const { forge, account } = stage;
      const dana = await stage.person("dana");
      const number = await pullRequest(stage);
      await forge.addLabels(number, ["canon:questions"]);
      await dana.openThread({ title: "Copy", body: "<!-- canon:questions -->", labels: ["canon:questions"] });
      await forge.openThread({ title: "Other", body: "", labels: ["canon"] });
      const one = await forge.openThread({ title: "One", body: "", labels: ["canon:questions"] });
      const two = await forge.openThread({ title: "Two", body: "", labels: ["canon:questions"] });
      expect((await forge.threads({ author: account, label: "canon:questions" })).map((thread) => thread.number)).toEqual([one.number, two.number]);
      expect(await forge.readThread(number)).toBe(null);
      expect(await kindOf(forge.pullRequest(one.number))).toBe("not-found");
    },
  },
  {
    name: "what people do with a thread is seen: ticked, commented, labelled, closed, deleted",
    async run(stage) {
      const { forge, account } = stage;
      const dana = await stage.person("dana");
      const { number, body } = await forge.openThread({ title: "Questions", body: "- [ ] yes\n- [ ] no\n", labels: ["canon:questions"] });
      await dana.edit(number, { body: ticked(body, "no") });
      await dana.label(number, ["urgent"], []);
      await dana.close(number);
      expect(await forge.readThread(number)).toMatchObject({ body: "- [ ] yes\n- [x] no\n", open: false, author: account });
      expect([...((await forge.readThread(number))?.labels ?? [])].sort()).toEqual(["canon:questions", "urgent"]);
      await dana.comment(number, "/canon answer 2");
      await forge.comment(number, "Done.");
      expect((await forge.comments(number)).map(({ author, body: text }) => [author, text])).toEqual([
        ["dana", "/canon answer 2"],
        [account, "Done."],
      ]);
      await dana.reopen(number);
      expect((await forge.readThread(number))?.open).toBe(true);
      await (await stage.person("root", "admin")).deleteThread(number);
      expect(await forge.readThread(number)).toBe(null);
      expect(await forge.threads({ author: account, label: "canon:questions" })).toEqual([]);
      expect(await kindOf(forge.editThread(number, { body: "x" }))).toBe("not-found");
      expect(await forge.readThread(4711)).toBe(null);
    },
  },
];
