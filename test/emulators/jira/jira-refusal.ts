/** What Jira answers when it says no: thrown where the reason is known, turned into an answer in one place. */

import type { WireAnswer } from "../kit/wire.ts";

export interface JiraErrors {
  readonly errorMessages: readonly string[];
  /** By field. */
  readonly errors: Readonly<Record<string, string>>;
}

export class JiraRefusal extends Error {
  readonly status: number;
  readonly details: JiraErrors;

  constructor(status: number, message: string, errors: Readonly<Record<string, string>> = {}) {
    super(message || JSON.stringify(errors));
    this.status = status;
    this.details = { errorMessages: message === "" ? [] : [message], errors };
  }
}

export function answerOf({ status, details }: JiraRefusal): WireAnswer {
  return { status, body: details };
}

export const NO_TICKET = "Issue does not exist or you do not have permission to see it.";

export function notFound(): JiraRefusal {
  return new JiraRefusal(404, NO_TICKET);
}

export function fieldRefusal(field: string, problem: string): JiraRefusal {
  return new JiraRefusal(400, "", { [field]: problem });
}
