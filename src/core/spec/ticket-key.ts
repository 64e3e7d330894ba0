/** What a ticket key looks like in each tracker, so that a mistyped marker is told instead of followed. */

import type { System } from "../model/system.ts";

const PROJECT_KEY = /^\p{L}[\p{L}\p{N}_]*-\d{1,12}$/u;

const KEYS: Readonly<Record<System, { readonly form: RegExp; readonly example: string }>> = {
  jira: { form: PROJECT_KEY, example: "PAY-143" },
  linear: { form: PROJECT_KEY, example: "ENG-143" },
  github: { form: /^(?:(?:[\w.-]+\/)?[\w.-]+#)?\d{1,12}$/, example: "42, repo#42 or owner/repo#42" },
  azure: { form: /^\d{1,12}$/, example: "4711" },
  local: { form: PROJECT_KEY, example: "PAY-143" },
};

export function isTicketKey(system: System, key: string): boolean {
  return KEYS[system].form.test(key);
}

export function keyExample(system: System): string {
  return KEYS[system].example;
}
