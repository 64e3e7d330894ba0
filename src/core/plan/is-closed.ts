/** Whether people are done with a ticket, one way or the other. */

import type { StatusCategory } from "../model/status.ts";

export function isClosed(category: StatusCategory): boolean {
  return category === "done" || category === "canceled";
}
