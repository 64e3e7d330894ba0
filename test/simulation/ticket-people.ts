/** What people do to tickets at the desk of the tracker. */

import type { Ticket } from "../../src/core/model/ticket.ts";
import type { LocalDesk, LocalTicketView } from "../../src/trackers/local-desk.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import { criterionText, paragraph, placeOf, reworded, titleText, type Pen } from "./prose.ts";
import { isCriteria } from "./spec-text.ts";

export const TICKET_EDITS: readonly string[] = [
  ...["title", "add-block", "reword-block", "remove-block", "add-task", "reword-task", "remove-task", "tick-task", "reorder-tasks"],
  ...["status", "label", "unlabel", "comment", "clone", "reopen", "cancel", "type"],
];

export interface TicketChange {
  readonly told: string;
  readonly id: string;
  /** The ticket that a person made as a copy; null else. */
  readonly copy: string | null;
  readonly label: string | null;
}

/** null: there was nothing to do it to, or the tracker did not take it. */
export async function editTicket(edit: string, desk: LocalDesk, pen: Pen): Promise<TicketChange | null> {
  const { focus } = pen;
  const tickets = await desk.list();
  const ticket = focus ? tickets.find(({ key }) => key === focus.key) : pen.dice.maybe(tickets);
  if (!ticket) return null;
  try {
    const done = await act(edit, desk, await desk.show(ticket.key), pen);
    return done && { id: ticket.id, copy: null, label: null, ...done, told: `${ticket.key} "${ticket.title}": ${done.told ?? edit}` };
  } catch (error) {
    if (error instanceof TrackerError) return null;
    throw error;
  }
}

type Done = Partial<Omit<TicketChange, "id">> | null;

async function act(edit: string, desk: LocalDesk, view: LocalTicketView, pen: Pen): Promise<Done> {
  const { dice } = pen;
  const { ticket, criteria } = view;
  const { key } = ticket;
  const which = String(1 + placeOf(criteria.length, pen));
  const criterion = criteria[Number(which) - 1];
  switch (edit) {
    case "title": {
      const title = dice.chance(0.5) ? titleText(pen) : reworded(ticket.title, pen);
      if (title === null) return null;
      await desk.edit(key, { title });
      return { told: `title → ${title}` };
    }
    case "add-block":
    case "reword-block":
    case "remove-block":
      return editBody(edit, desk, ticket, pen);
    case "add-task": {
      const text = criterionText(pen);
      await desk.criterion(key, { kind: "add", text });
      return { told: `+ [ ] ${text}` };
    }
    case "reword-task": {
      const text = criterion ? reworded(criterion.text, pen) : null;
      if (!criterion || text === null) return null;
      await desk.criterion(key, { kind: "reword", which, text });
      return { told: `"${criterion.text}" → "${text}"` };
    }
    case "remove-task":
      if (!criterion) return null;
      await desk.criterion(key, { kind: "remove", which });
      return { told: `- "${criterion.text}"` };
    case "tick-task":
      if (!criterion) return null;
      await desk.criterion(key, { kind: criterion.checked ? "untick" : "tick", which });
      return { told: `${criterion.checked ? "untick" : "tick"} "${criterion.text}"` };
    case "reorder-tasks":
      return reorder(desk, ticket);
    case "status": {
      const status = dice.maybe(view.next);
      if (status === undefined) return null;
      await desk.move(key, status);
      return { told: `status → ${status}` };
    }
    case "label": {
      const label = pen.words.fresh();
      await desk.label(key, { add: [label], remove: [] });
      return { told: `label ${label}`, label };
    }
    case "unlabel": {
      const label = dice.maybe(ticket.labels.filter((one) => !/^w\d/.test(one)));
      if (label === undefined) return null;
      await desk.label(key, { add: [], remove: [label] });
      return { told: `label ${label} is taken off` };
    }
    case "comment":
      await desk.comment(key, `They say ${pen.words.fresh()}.`);
      return {};
    case "clone": {
      const copy = await desk.duplicate(key);
      return { told: `cloned as ${copy.key}`, copy: copy.id };
    }
    case "reopen":
      if (ticket.category !== "done" && ticket.category !== "canceled") return null;
      await desk.reopen(key);
      return {};
    case "cancel":
      await desk.close(key, "canceled");
      return {};
    case "type":
      await desk.edit(key, { type: dice.pick("Story", "Task", "Bug", "Epic", "Sub-task") });
      return {};
    default:
      throw new Error(`nobody knows how to ${edit}`);
  }
}

/** As a person does in an editor: blocks between blank lines. What Canon generates is left where it is. */
async function editBody(edit: string, desk: LocalDesk, ticket: Ticket, pen: Pen): Promise<Done> {
  const blocks = ticket.body.split(/(?:\r?\n){2,}/);
  const end = blocks.findIndex(
    (block) => /^#+ Acceptance/i.test(block) || isCriteria(block) || /^(?:---|___|\*\*\*)$/.test(block) || block.includes("From specs/"),
  );
  const own = blocks.slice(0, end < 0 ? blocks.length : end).filter((block) => block.trim() !== "");
  const rest = end < 0 ? [] : blocks.slice(end);
  const at = placeOf(own.length + (edit === "add-block" ? 1 : 0), pen);
  const block = own[at];
  const save = async (next: readonly string[], told: string): Promise<Done> => {
    await desk.edit(ticket.key, { body: [...own.slice(0, at), ...next, ...own.slice(at + (edit === "add-block" ? 0 : 1)), ...rest].join("\n\n") });
    return { told };
  };
  if (edit === "add-block") {
    const text = paragraph(pen);
    return save([text], `+ "${text}" at ${at}`);
  }
  if (block === undefined) return null;
  if (edit === "remove-block") return save([], `- "${block}"`);
  const next = reworded(block, pen);
  return next === null ? null : save([next], `"${block}" → "${next}"`);
}

async function reorder(desk: LocalDesk, ticket: Ticket): Promise<Done> {
  const eol = ticket.body.includes("\r\n") ? "\r\n" : "\n";
  const lines = ticket.body.split(eol);
  const first = lines.findIndex((line, index) => /^\s*[-*+] \[/.test(line) && /^\s*[-*+] \[/.test(lines[index + 1] ?? ""));
  const [a, b] = [lines[first], lines[first + 1]];
  if (a === undefined || b === undefined) return null;
  await desk.edit(ticket.key, { body: [...lines.slice(0, first), b, a, ...lines.slice(first + 2)].join(eol) });
  return { told: `"${b}" before "${a}"` };
}
