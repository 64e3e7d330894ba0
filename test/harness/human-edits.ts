/** What people do to tickets between two runs of Canon, at random. */

import { fc } from "./property.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import type { Project } from "./project-at.ts";

/** `at` chooses the ticket, whatever tickets there are. `mark` is unique, so that every edit can be found again. */
export type HumanEdit =
  | { readonly kind: "title"; readonly at: number; readonly mark: string }
  | { readonly kind: "body-before" | "body-after" | "body-within"; readonly at: number; readonly mark: string }
  | { readonly kind: "criterion"; readonly at: number; readonly mark: string }
  | { readonly kind: "status"; readonly at: number; readonly status: string }
  | { readonly kind: "label"; readonly at: number; readonly mark: string }
  | { readonly kind: "comment"; readonly at: number; readonly mark: string };

const at = fc.nat({ max: 20 });
const mark = fc.integer({ min: 100_000, max: 999_999 }).map((number) => `mark${number}`);

export const humanEdit: fc.Arbitrary<HumanEdit> = fc.oneof(
  fc.record({ kind: fc.constantFrom("title" as const), at, mark }),
  fc.record({ kind: fc.constantFrom("body-before" as const, "body-after" as const, "body-within" as const), at, mark }),
  fc.record({ kind: fc.constant("criterion" as const), at, mark }),
  fc.record({ kind: fc.constant("status" as const), at, status: fc.constantFrom("Todo", "In Progress", "In Review", "Blocked", "Done", "Canceled") }),
  fc.record({ kind: fc.constant("label" as const), at, mark }),
  fc.record({ kind: fc.constant("comment" as const), at, mark }),
);

/** An edit that was made, and the ticket it was made on. */
export interface Played {
  readonly id: string;
  readonly key: string;
  readonly edit: HumanEdit;
}

export async function playEdits(project: Project, edits: readonly HumanEdit[]): Promise<readonly Played[]> {
  const desk = await project.desk();
  try {
    const tickets = await desk.list();
    const played: Played[] = [];
    for (const edit of edits) {
      const ticket = tickets[edit.at % Math.max(1, tickets.length)];
      if (ticket && (await play(desk, ticket.key, edit))) played.push({ id: ticket.id, key: ticket.key, edit });
    }
    return played;
  } finally {
    await desk.end();
  }
}

/** False: the tracker did not take it. */
async function play(desk: LocalDesk, key: string, edit: HumanEdit): Promise<boolean> {
  const { ticket } = await desk.show(key);
  try {
    switch (edit.kind) {
      case "title":
        await desk.edit(key, { title: `${ticket.title.slice(0, 100)} ${edit.mark}` });
        return true;
      case "body-before":
        await desk.edit(key, { body: `${edit.mark} stands first.\n\n${ticket.body}` });
        return true;
      case "body-after":
        await desk.edit(key, { body: `${ticket.body}\n\n${edit.mark} stands last.` });
        return true;
      case "body-within":
        await desk.edit(key, { body: ticket.body.includes("plain") ? ticket.body.replace("plain", `${edit.mark} plain`) : `${edit.mark}\n\n${ticket.body}` });
        return true;
      case "criterion":
        await desk.criterion(key, { kind: "add", text: `${edit.mark} holds` });
        return true;
      case "status":
        await desk.move(key, edit.status);
        return true;
      case "label":
        await desk.label(key, { add: [edit.mark], remove: [] });
        return true;
      case "comment":
        await desk.comment(key, edit.mark);
        return true;
    }
  } catch (error) {
    if (error instanceof TrackerError) return false;
    throw error;
  }
}
