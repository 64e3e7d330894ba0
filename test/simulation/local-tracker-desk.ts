/** The desk of the local tracker, as the steps use it. */

import { DatabaseSync } from "node:sqlite";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { LOCAL_FAULT_KINDS, type LocalDesk, type LocalFault } from "../../src/trackers/local-desk.ts";
import type { WireFault } from "../emulators/kit/wire.ts";
import { markdownText } from "./native-text.ts";
import type { DeskTicket, TrackerDesk } from "./tracker-desk.ts";

const TYPES = ["Story", "Task", "Bug", "Epic", "Sub-task"];

/** `file`: absolute path of the tracker's file. */
export function localTrackerDesk(desk: LocalDesk, file: string, parser: MarkdownParser): TrackerDesk {
  const done = async (work: Promise<unknown>): Promise<void> => void (await work);
  return {
    system: "local",
    text: markdownText(parser),
    tickets: async () => {
      const comments = Map.groupBy(sqlRows(file, "SELECT ticket, text FROM comment ORDER BY seq"), ({ ticket }) => ticket);
      const tickets = await desk.list({ archived: true });
      return tickets.map((ticket) =>
        seenOf(
          ticket,
          (comments.get(ticket.id) ?? []).map(({ text }) => String(text)),
        ),
      );
    },
    native: async (key) => (await desk.show(key)).ticket.body,
    statuses: async (key) => (await desk.show(key)).next,
    types: async () => TYPES,
    edit: (key, edit) => done(desk.edit(key, edit)),
    criterion: (key, edit) => done(desk.criterion(key, edit)),
    move: (key, status) => done(desk.move(key, status)),
    reopen: (key) => done(desk.reopen(key)),
    cancel: (key) => done(desk.close(key, "canceled")),
    label: (key, add, remove) => done(desk.label(key, { add, remove })),
    comment: (key, text) => done(desk.comment(key, text)),
    duplicate: (key) => desk.duplicate(key),
    loseBase: async (key) => runSql(file, `UPDATE ticket SET base = NULL WHERE key = '${key}'`),
    setFaults: (faults) => desk.setFaults(faults.flatMap(localFault), { replace: true }),
    writes: () => 0,
    complaints: () => [],
    end: () => desk.end(),
  };
}

function seenOf(ticket: Ticket, comments: readonly string[]): DeskTicket {
  const { id, key, title, body, status, type, parent, labels, archived, token, base, category } = ticket;
  return {
    ...{ id, key, title, body, status, type, parent, labels, archived, token, comments },
    isOver: category === "done" || category === "canceled",
    hasBase: base !== null,
    hasBody: (base?.fields.body?.spec.blocks?.length ?? 0) > 0,
  };
}

function localFault({ operation, nth, kind, ms }: WireFault): readonly LocalFault[] {
  const known = LOCAL_FAULT_KINDS.find((one) => one === kind);
  return operation === "any" || known === undefined ? [] : [{ operation, nth, kind: known, ...(ms === undefined ? {} : { ms }) }];
}

function runSql(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(statement);
  database.close();
}

function sqlRows(file: string, query: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
