/** The door for tickets that come back from the cache. */

import { array, enum as oneOf, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import type { LookedUpTicket } from "../core/lookup/looked-up-ticket.ts";
import { SYSTEMS } from "../core/model/system.ts";

const text = string();
const maybe = nullable(text);

export const lookedUpSchema: ZodMiniType<LookedUpTicket> = object({
  ...{ id: text, platform: oneOf(SYSTEMS), key: text, url: maybe, title: text, description: text },
  status: oneOf(["open", "in_progress", "done", "closed", "unknown"]),
  type: oneOf(["bug", "feature", "task", "maintenance", "unknown"]),
  ...{ assignee: maybe, labels: array(text), createdAt: text, updatedAt: text, branch: text },
  metadata: object({
    team: nullable(object({ key: text, name: text })),
    priority: nullable(object({ value: number(), label: text })),
    ...{ state: text, type: maybe, parent: maybe, archivedAt: maybe },
  }),
});
