/** Journal records that say only what a test is about. */

import type { JournalRecord } from "../../src/core/model/journal-record.ts";
import type { Base } from "../../src/core/model/base.ts";

const AT = "2026-11-21T10:00:00.000Z";

export const END: JournalRecord = { kind: "end", exitCode: 0, at: AT };

export function start(run: string, minute = 0): JournalRecord {
  return { kind: "run", run, plan: "d1", command: "apply", at: AT.replace("10:00", `10:0${minute}`), workspace: "pay" };
}

export function intent(...tokens: readonly string[]): JournalRecord {
  return {
    kind: "intent",
    target: "oss",
    watermark: "42",
    at: AT,
    creates: tokens.map((token) => ({ token, address: `a.md#${token}`, title: "Zahlung ü 💶", body: "b1", base: baseOf(token) })),
  };
}

export function created(token: string): JournalRecord {
  return { kind: "created", target: "oss", address: `a.md#${token}`, token, id: "id-1", key: "PAY-1" };
}

export function failed(token: string, error: string): JournalRecord {
  return { kind: "failed", target: "oss", address: `a.md#${token}`, token, error, message: "no" };
}

function baseOf(token: string): Base {
  const fields: Base["fields"] = { title: { spec: "A", echo: null, agreed: true }, labels: { spec: ["a"], echo: ["a", "b"], agreed: true } };
  return {
    format: 1,
    ticket: null,
    workspace: "pay",
    address: `a.md#${token}`,
    token,
    fields,
    text: null,
    commit: null,
    unpushed: true,
    hash: "h",
    previous: null,
    released: false,
  };
}
