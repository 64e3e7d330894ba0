/** Opens the local tracker on a file in a temp folder, with a clock that tests move, and a person at its desk. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";
import type { LocalBehaviour, LocalDesk } from "../../src/trackers/local-desk.ts";
import { openDesk } from "../../src/trackers/local/local-desk.ts";
import type { LocalOptions } from "../../src/trackers/local/local-options.ts";
import { openLocalTracker } from "../../src/trackers/local/local-tracker.ts";
import type { Tracker } from "../../src/trackers/tracker.ts";
import type { Stage } from "../conformance/stage.ts";

export interface LocalStage extends Stage {
  readonly file: string;
  readonly desk: LocalDesk;
  /** Another process would open the file so. */
  again(given?: Partial<LocalOptions>): Tracker;
}

export const PERSON = "rin";
export const CANON = "canon";

let parser: MarkdownParser | null = null;

export async function localStage(behaviour: Partial<LocalBehaviour> = {}): Promise<LocalStage> {
  parser ??= await loadParser();
  const folder = mkdtempSync(join(tmpdir(), "canon-local-"));
  const file = join(folder, "deep", "local.sqlite");
  let time = Date.parse("2026-11-21T10:00:00Z");
  const options: LocalOptions = { file, identity: "local:.canon/local.sqlite/PAY", project: "PAY", parser, author: CANON, now: () => new Date(time++) };
  const desk = openDesk({ ...options, author: PERSON });
  if (Object.keys(behaviour).length > 0) await desk.behave(behaviour);
  const trackers: Tracker[] = [];
  const again = (given: Partial<LocalOptions> = {}): Tracker => {
    const tracker = openLocalTracker({ ...options, ...given });
    trackers.push(tracker);
    return tracker;
  };
  return {
    file,
    desk,
    again,
    tracker: again(),
    account: CANON,
    person: {
      name: PERSON,
      create: (ticket) => desk.create(ticket),
      edit: (key, edit) => desk.edit(key, edit),
      move: (key, status) => desk.move(key, status),
      label: (key, add, remove) => desk.label(key, { add, remove }),
      archive: async (key) => void (await desk.archive(key, true)),
      remove: (key) => desk.remove(key),
      transfer: async (key) => (await desk.transfer(key, "OPS")).key,
      duplicate: (key) => desk.duplicate(key),
      // Nobody edits comments at the desk: whoever has the file can.
      reword: async (key, text) => {
        const database = new DatabaseSync(file);
        database
          .prepare("UPDATE comment SET text = ? WHERE seq = (SELECT max(c.seq) FROM comment c JOIN ticket t ON t.id = c.ticket WHERE t.key = ?)")
          .run(text, key);
        database.close();
      },
      mimic: async (key, from) => {
        const { comments } = await desk.show(from);
        await desk.comment(key, comments.at(-1)?.text ?? "");
      },
    },
    inbox: { labelled: (label) => `label:${label}`, wrong: "lable:triage" },
    fault: (operation, nth, kind, ms) => desk.setFaults([{ operation, nth, kind, ...(ms === undefined ? {} : { ms }) }]),
    clear: () => desk.setFaults([], { replace: true }),
    missing: "NONE-1",
    seen: async (key) => {
      const { comments, links } = await desk.show(key);
      return { comments: comments.length, links: links.length };
    },
    said: async (key) => (await desk.show(key)).comments.map(({ text }) => text),
    pass: async (ms) => void (time += ms),
    async end() {
      for (const tracker of trackers) await tracker.close();
      await desk.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
