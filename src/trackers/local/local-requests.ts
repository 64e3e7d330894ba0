/** The five kinds of writing requests, by name: what a batch, a late delivery and a fault all speak of. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { LocalSession } from "./local-session.ts";
import type { LocalRequest } from "./local-wire.ts";
import { commentOn, createTicket, linkTicket, transitionTicket, updateTicket } from "./local-writes.ts";

export function carryOut(session: LocalSession, request: LocalRequest): Ticket {
  switch (request.operation) {
    case "create":
      return createTicket(session, request.element);
    case "update":
      return updateTicket(session, request.element);
    case "transition":
      return transitionTicket(session, request.element);
    case "comment":
      return commentOn(session, request.element);
    case "link":
      return linkTicket(session, request.element);
  }
}
