/** What people do to tickets at the desk of the tracker. */

import { TrackerError } from "../../src/trackers/tracker-error.ts";
import { criterionText, paragraph, placeOf, reworded, titleText, type Pen } from "./prose.ts";
import type { DeskTicket, TrackerDesk } from "./tracker-desk.ts";

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
export async function editTicket(edit: string, desk: TrackerDesk, pen: Pen): Promise<TicketChange | null> {
  const { focus } = pen;
  const tickets = (await desk.tickets()).filter(({ archived }) => !archived);
  const ticket = focus ? tickets.find(({ key }) => key === focus.key) : pen.dice.maybe(tickets);
  if (!ticket) return null;
  try {
    const done = await act(edit, desk, ticket, pen);
    return done && { id: ticket.id, copy: null, label: null, ...done, told: `${ticket.key} "${ticket.title}": ${done.told ?? edit}` };
  } catch (error) {
    if (error instanceof TrackerError) return null;
    throw error;
  }
}

type Done = Partial<Omit<TicketChange, "id">> | null;

async function act(edit: string, desk: TrackerDesk, ticket: DeskTicket, pen: Pen): Promise<Done> {
  const { dice } = pen;
  const { key } = ticket;
  const native = await desk.native(key);
  const criteria = desk.text.criteria(native);
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
      return editBody(edit, desk, key, native, pen);
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
    case "reorder-tasks": {
      const swapped = desk.text.swap(native);
      if (swapped === null) return null;
      await desk.edit(key, { body: swapped.native });
      return { told: swapped.told };
    }
    case "status": {
      const status = dice.maybe(await desk.statuses(key));
      if (status === undefined) return null;
      await desk.move(key, status);
      return { told: `status → ${status}` };
    }
    case "label": {
      const label = pen.words.fresh();
      await desk.label(key, [label], []);
      return { told: `label ${label}`, label };
    }
    case "unlabel": {
      const label = dice.maybe(ticket.labels.filter((one) => !/^w\d/.test(one)));
      if (label === undefined) return null;
      await desk.label(key, [], [label]);
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
      if (!ticket.isOver) return null;
      await desk.reopen(key);
      return {};
    case "cancel":
      await desk.cancel(key);
      return {};
    case "type": {
      const type = dice.maybe(await desk.types(key));
      if (type === undefined) return null;
      await desk.edit(key, { type });
      return { told: `type → ${type}` };
    }
    default:
      throw new Error(`nobody knows how to ${edit}`);
  }
}

/** As a person does in an editor: block by block. What Canon generates is left where it is. */
async function editBody(edit: string, desk: TrackerDesk, key: string, native: string, pen: Pen): Promise<Done> {
  const { own, rest } = desk.text.blocks(native);
  const at = placeOf(own.length + (edit === "add-block" ? 1 : 0), pen);
  const block = own[at];
  const save = async (next: readonly string[], told: string): Promise<Done> => {
    await desk.edit(key, { body: desk.text.join([...own.slice(0, at), ...next, ...own.slice(at + (edit === "add-block" ? 0 : 1)), ...rest]) });
    return { told };
  };
  if (edit === "add-block") {
    const text = paragraph(pen);
    return save([desk.text.block(text)], `+ "${text}" at ${at}`);
  }
  if (block === undefined) return null;
  if (edit === "remove-block") return save([], `- "${block}"`);
  const next = reworded(block, pen);
  return next === null ? null : save([next], `"${block}" → "${next}"`);
}
