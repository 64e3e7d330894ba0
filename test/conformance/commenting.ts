/** The exam, commenting: one note per id, edited where it stands, and nobody else's words are ever touched. */

import { expect } from "vitest";
import { createOne, done, LONG } from "./stage.ts";
import type { Exam, Stage } from "./stage.ts";

export const COMMENTING: readonly Exam[] = [
  {
    name: "a note with another text is edited in place, and two notes are two",
    async run(stage) {
      const { key, id } = await createOne(stage);
      await note(stage, key, "one", "Proposed in 41.");
      await note(stage, key, "two", "Something else.");
      expect(await note(stage, key, "one", "Merged by dana.")).toMatchObject({ key, id });
      await expectWords(stage, key, ["Merged by dana.", "Something else."]);
      expect(await note(stage, key, "one", "Merged by dana.")).toMatchObject({ key, id });
      await expectWords(stage, key, ["Merged by dana.", "Something else."]);
    },
  },
  {
    name: "a note is edited also where its text has more than words, and is then the same",
    async run(stage) {
      const { key } = await createOne(stage);
      const text = "Canon proposed this change in [#41](https://forge.example/pull/41)\n\n- declined by *dana* & `rin`\n- see https://forge.example/x_y_z";
      await note(stage, key, "rich", "First.");
      await note(stage, key, "rich", text);
      const [comment] = await stage.said(key);
      await note(stage, key, "rich", text);
      expect(await stage.said(key)).toEqual([comment]);
    },
  },
  {
    name: "a note that says already what it should is not sent",
    async run(stage) {
      const { key } = await createOne(stage);
      await note(stage, key, "still", "Merged _now_, see https://forge.example/pull/1");
      const before = await stage.tracker.history([key], null);
      // Without a wire faults strike the call itself.
      if (stage.tracker.system !== "local") await stage.fault("comment", 1, "refuse");
      await note(stage, key, "still", "Merged _now_, see https://forge.example/pull/1");
      expect(await stage.tracker.history([key], null)).toEqual(before);
      if (stage.tracker.system === "local") return;
      const [refused] = await stage.tracker.comment([{ key, id: "still", text: "Another." }]);
      expect(refused).toMatchObject({ state: "refused" });
    },
  },
  {
    name: "two texts of one note in a batch are one comment with the last of them",
    async run(stage) {
      const { key } = await createOne(stage);
      const outcomes = await stage.tracker.comment(["First.", "Second."].map((text) => ({ key, id: "twice", text })));
      for (const outcome of outcomes) done(outcome);
      await expectWords(stage, key, ["Second."]);
    },
  },
  {
    name: "a comment of somebody else that carries the note's sign is never edited",
    async run(stage) {
      const [{ key: copied }, { key }] = [await createOne(stage), await createOne(stage)];
      await note(stage, copied, "forged", "Ours.");
      // Theirs is the first that carries it there.
      await stage.person.mimic(key, copied);
      await stage.person.reword(key, "Theirs.");
      await note(stage, key, "forged", "Ours.");
      await note(stage, key, "forged", "Ours, later.");
      await expectWords(stage, key, ["Theirs.", "Ours, later."]);
    },
  },
  {
    name: "a note that a person reworded says what Canon says next, and stays one",
    async run(stage) {
      const { key } = await createOne(stage);
      await note(stage, key, "reworded", "Proposed.");
      await stage.person.reword(key, "What a person made of it.");
      await note(stage, key, "reworded", "Merged.");
      await expectWords(stage, key, ["Merged."]);
    },
  },
  {
    name: "an edit whose answer was lost is unknown, and sending it again makes no second comment",
    async run(stage) {
      const { key } = await createOne(stage);
      await note(stage, key, "lost", "Proposed.");
      for (const kind of ["drop-answer", "garbage"] as const) {
        await stage.fault("comment", 1, kind, 20);
        expect((await stage.tracker.comment([{ key, id: "lost", text: `Merged, ${kind}.` }]))[0]).toMatchObject({ state: "unknown" });
        await note(stage, key, "lost", `Merged, ${kind}.`);
        await expectWords(stage, key, [`Merged, ${kind}.`]);
      }
    },
  },
];

async function note(stage: Stage, key: string, id: string, text: string): Promise<ReturnType<typeof done>> {
  const outcome = done((await stage.tracker.comment([{ key, id, text }]))[0]);
  await stage.pass(LONG);
  return outcome;
}

/** Each comment holds its words, in whatever form the vendor shows them. */
async function expectWords(stage: Stage, key: string, words: readonly string[]): Promise<void> {
  const said = await stage.said(key);
  expect(said).toHaveLength(words.length);
  for (const [index, one] of words.entries()) expect(said[index]).toContain(one);
}
