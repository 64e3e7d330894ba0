/** A folder tracker in a temp folder, with a person beside it and a clock that tests move. */

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderClient, type OpenFolder } from "../../../examples/folder-tracker/folder-client.ts";
import { toTicket } from "../../../examples/folder-tracker/folder-map.ts";
import type { StoredTicket } from "../../../examples/folder-tracker/folder-ticket.ts";
import { handOf, openFolderTracker } from "../../../examples/folder-tracker/folder-tracker.ts";
import { change, createTicket, moveTicket, updateTicket, writable } from "../../../examples/folder-tracker/folder-writes.ts";
import type { MarkdownParser } from "../../../src/core/spec/markdown-parser.ts";
import { loadParser } from "../../../src/io/parse-markdown.ts";
import type { Stage } from "../../conformance/stage.ts";
import { faultyFolder } from "./faulty-folder.ts";

let parser: MarkdownParser | null = null;

const PLAIN = { type: null, parent: null, status: null, labels: [], body: "", extra: {}, token: null, base: null };

export async function folderStage(): Promise<Stage & { readonly folder: string }> {
  parser ??= await loadParser();
  const folder = mkdtempSync(join(tmpdir(), "canon-folder-"));
  let time = Date.parse("2026-11-21T10:00:00Z");
  const now = (): Date => new Date(time++);
  const client = faultyFolder(folderClient(folder), () => time);
  const options = { path: "tickets", project: "DOC", client, parser, now };
  const rin = handOf({ ...options, author: "rin" });
  const write = async (work: (open: OpenFolder) => StoredTicket | null): Promise<ReturnType<typeof toTicket>> => {
    const [answer] = await folderClient(folder).write("update", [null], (open) => {
      const ticket = work(open);
      return ticket && toTicket(open, ticket);
    });
    if (!answer || answer instanceof Error) throw answer ?? new Error("nothing was written");
    return answer;
  };
  return {
    folder,
    tracker: openFolderTracker({ ...options, author: "canon" }),
    account: "canon",
    person: {
      name: "rin",
      create: (ticket) => write((open) => createTicket(rin, open, { ...PLAIN, ...ticket })),
      edit: (key, edit) => write((open) => updateTicket(rin, open, { key, expectRevision: null, ...edit })),
      move: (key, to) => write((open) => moveTicket(rin, open, { key, expectRevision: null, to, walk: false })),
      label: (key, add, remove) => write((open) => updateTicket(rin, open, { key, expectRevision: null, labels: { add, remove } })),
      archive: async (key) => void (await write((open) => change(rin, open, writable(open, key, null), { archived: true }))),
      remove: async (key) => {
        await folderClient(folder).write("update", [key], (open, one) => open.remove(one));
      },
      transfer: async (key) =>
        (
          await write((open) => {
            const ticket = writable(open, key, null);
            return change(rin, open, ticket, { key: `OPS-${open.nextNumber()}`, former: [...ticket.former, ticket.key] });
          })
        ).key,
      duplicate: (key) =>
        write((open) => {
          const number = open.nextNumber();
          const copy = { ...writable(open, key, null), id: randomUUID(), number, key: `DOC-${number}` };
          open.save(copy, []);
          return copy;
        }),
      // By hand, in the file.
      reword: async (key, text) =>
        void (await write((open) => {
          const ticket = writable(open, key, null);
          const next = { ...ticket, comments: ticket.comments.with(-1, { ...newest(ticket), text }) };
          open.save(next, []);
          return next;
        })),
      mimic: async (key, from) =>
        void (await write((open) => {
          const ticket = writable(open, key, null);
          const next = { ...ticket, comments: [...ticket.comments, { ...newest(writable(open, from, null)), author: "rin" }] };
          open.save(next, []);
          return next;
        })),
    },
    inbox: { labelled: (label) => `label:${label}`, wrong: "lable:triage" },
    missing: "NONE-1",
    seen: (key) =>
      folderClient(folder).read("read", ({ tickets }) => {
        const { comments = [], links = [] } = tickets.find((ticket) => ticket.key === key) ?? {};
        return { comments: comments.length, links: links.length };
      }),
    said: (key) => folderClient(folder).read("read", ({ tickets }) => tickets.find((ticket) => ticket.key === key)?.comments.map(({ text }) => text) ?? []),
    fault: async (operation, nth, kind, ms) => client.set({ operation, nth, kind, ...(ms === undefined ? {} : { ms }) }),
    clear: async () => client.clear(),
    pass: async (ms) => void (time += ms),
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function newest({ key, comments }: StoredTicket): StoredTicket["comments"][number] {
  const last = comments.at(-1);
  if (!last) throw new Error(`nobody has said anything on ${key}`);
  return last;
}
