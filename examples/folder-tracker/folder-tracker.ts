/** A folder of Markdown files as a tracker: the contract, put together of its parts. */

import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { markdownFormat } from "../../src/core/text/markdown-format.ts";
import { outcomeOfError } from "../../src/trackers/http-client.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import type { Capabilities, Check, Outcome, Tracker } from "../../src/trackers/tracker.ts";
import type { FolderClient, OpenFolder } from "./folder-client.ts";
import { SHAPE, toTicket } from "./folder-map.ts";
import { historyOf, readQuery, settle } from "./folder-queries.ts";
import type { StoredTicket } from "./folder-ticket.ts";
import { BODY_LIMIT, commentOn, createTicket, linkTicket, moveTicket, TITLE_LIMIT, updateTicket, type Hand } from "./folder-writes.ts";

export interface FolderOptions {
  /** As people write it: a part of the identity. */
  readonly path: string;
  /** What stands in front of the number in a key: DOC. */
  readonly project: string;
  readonly client: FolderClient;
  readonly parser: MarkdownParser;
  readonly author: string;
  readonly now: () => Date;
}

const CAPABILITIES: Capabilities = {
  batch: { read: 500, create: 100, update: 100 },
  hierarchy: true,
  types: true,
  transitions: "free",
  conditionalWrite: true,
  clientIds: true,
  rewritesText: false,
  indexLag: false,
  history: true,
  convertsTypes: true,
  baseAlone: true,
  embedded: true,
  titleLimit: TITLE_LIMIT,
  bodyLimit: BODY_LIMIT,
  childLimit: null,
  depthLimit: null,
  creationsPerHour: null,
};

export function handOf({ project, author, parser, now }: Omit<FolderOptions, "client" | "path">): Hand {
  return { project, author, format: markdownFormat(parser, { titleLimit: TITLE_LIMIT }), now: () => now().toISOString() };
}

export function openFolderTracker(options: FolderOptions): Tracker {
  const { client, path, project, author } = options;
  const hand = handOf(options);

  const send = async <E>(
    operation: "create" | "update" | "transition" | "comment" | "link",
    elements: readonly E[],
    work: (hand: Hand, folder: OpenFolder, element: E) => StoredTicket,
  ): Promise<readonly Outcome[]> => {
    try {
      const answers = await client.write(operation, elements, (folder, element): Outcome => {
        const ticket = work(hand, folder, element);
        return { state: "done", id: ticket.id, key: ticket.key, echo: toTicket(folder, ticket) };
      });
      return answers.map((answer) => (answer instanceof TrackerError ? outcomeOfError(answer) : answer));
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      // The folder could not be opened at all.
      return elements.map(() => outcomeOfError(error));
    }
  };

  const check = async (): Promise<Check> => {
    try {
      await client.read("check", () => null);
      return { ok: true, account: author, project: { name: project, ...SHAPE }, granted: [], needed: [] };
    } catch (error) {
      if (error instanceof TrackerError) return { ok: false, error };
      throw error;
    }
  };

  return {
    // An adapter that is shipped has a word of its own here (step 1 of docs/writing-a-tracker.md); an example borrows one.
    system: "local",
    identity: `local:${path}/${project}`,
    capabilities: CAPABILITIES,
    format: hand.format,
    check,
    read: (query) => client.read("read", (folder) => readQuery(folder, project, query)),
    history: (keys, since) => client.read("history", (folder) => historyOf(folder, keys, since)),
    // Ids that follow from tokens need no mark to look above.
    watermark: () => client.read("watermark", () => "chosen ids"),
    create: (drafts) => send("create", drafts, createTicket),
    update: (patches) => send("update", patches, updateTicket),
    transition: (steps) => send("transition", steps, moveTicket),
    comment: (notes) => send("comment", notes, commentOn),
    link: (links) => send("link", links, linkTicket),
    settleCreates: (inDoubt) => client.read("settle", (folder) => inDoubt.map((one) => settle(folder, one))),
    close: async () => undefined,
  };
}
