/** The plans that every view is shown: each a situation that people meet. */

import { FORWARD } from "../../src/core/plan/selection.ts";
import { ACTIONS, type Action } from "../../src/core/model/action.ts";
import type { Change, Plan } from "../../src/core/model/plan.ts";
import { aChange, aField, aPlan, aTarget, paymentsPlan } from "./plan-builder.ts";

const LONG_BODY = Array.from({ length: 60 }, (_, index) => `Sentence ${index} stays as it was.`).join(" ");

function everyAction(): readonly Change[] {
  return (Object.keys(ACTIONS) as Action[]).map((action) =>
    aChange({
      action,
      title: `A section to ${action}`,
      key: action === "create" ? null : `ENG-${Object.keys(ACTIONS).indexOf(action)}`,
      reason: action === "marker" ? "marker-lost" : action === "move" ? "moved" : "spec-edited",
      from: action === "move" ? "specs/old.md#before" : null,
      fields: fieldsFor(action),
    }),
  );
}

function fieldsFor(action: Action): Change["fields"] {
  switch (action) {
    case "create":
      return [aField({ field: "criteria", spec: ["[ ] one"] }), aField({ field: "status", spec: "In Progress" })];
    case "update":
      return [
        aField({ field: "title", live: "A section to refresh", spec: "A section to update" }),
        aField({ field: "labels", live: ["old", "kept"], spec: ["kept", "new"] }),
        aField({
          field: "criteria",
          live: ["[ ] Keys expire", "[ ] Keys are unique", "[ ] Nobody needs this"],
          spec: ["[x] Keys expire", "[ ] Keys are globally unique", "[ ] A quite different thing"],
        }),
        aField({ field: "body", preview: { before: `${LONG_BODY} Old end.`, after: `New start. ${LONG_BODY} New end.` } }),
      ];
    case "transition":
    case "close":
      return [aField({ field: "status", live: "In Progress", spec: "Done" })];
    case "reparent":
      return [aField({ field: "parent", live: "ENG-1", spec: "ENG-2" })];
    case "adopt":
    case "move":
    case "forget":
    case "marker":
    case "pull":
    case "noop":
      return [];
  }
}

const wide = ["支払いの鍵の生成と有効期限", "תשלומים חוזרים 42", "أرقام الطلبات", "Emoji 👩‍👩‍👧 family 🚀", "Café décomposé", "가나다라"];

export const PLAN_CASES: Readonly<Record<string, Plan>> = {
  sample: paymentsPlan(),
  actions: aPlan({ changes: everyAction(), targets: [aTarget({ estimate: { requests: 11, seconds: 120 } })] }),
  wide: aPlan({
    changes: wide.map((title, index) =>
      aChange({ title, address: `specs/kopf.md#s${index}`, fields: [aField({ field: "criteria", spec: ["[ ] a", "[ ] b"] })] }),
    ),
    titles: { "specs/kopf.md": "仕様" },
  }),
  hostile: aPlan({
    titles: { "specs/payments.md": "Pay \u202egnitrever" },
    changes: [
      aChange({ title: "Clear \u001b[2J the \u001b]0;screen\u0007 and\rmore", address: "specs/payments.md#x" }),
      aChange({ title: "zero\u200bwidth | pipe <!-- canon:skip --> @dana #42 `x`", address: "specs/payments.md#y" }),
    ],
  }),
  several: aPlan({
    titles: { "specs/a.md": "A", "specs/b.md": "B" },
    targets: [
      aTarget({ inSync: 12, account: "dana@acme" }),
      aTarget({
        name: "oss",
        system: "github",
        project: "acme/pay",
        inSync: 3,
        elsewhere: 2,
        applyable: false,
        why: "feature/x is not main: tickets follow merged specs",
      }),
    ],
    changes: [aChange({ title: "One", address: "specs/a.md#one" }), aChange({ title: "Two", address: "specs/b.md#two", target: "oss", type: null })],
    leftOut: { done: 12, deprecated: 1, status: 2, createOff: 4 },
  }),
  decisions: aPlan({
    targets: [aTarget({ inSync: 4 })],
    conflicts: [
      aChange({
        action: "update",
        key: "ENG-1",
        title: "Both changed",
        held: [
          aField({ field: "status", verdict: "conflict", base: "Open", spec: "Done", live: "In Progress", by: "M. Chen", at: "2026-11-01T10:00:00.000Z" }),
          aField({ field: "body", verdict: "conflict", preview: { before: "Keys live for a day.", after: "Keys live for a week." } }),
        ],
      }),
      aChange({ action: "adopt", key: "ENG-2", title: "No base", held: [aField({ field: "title", verdict: "conflict", spec: "No base", live: "None" })] }),
      aChange({
        action: "update",
        key: "ENG-3",
        title: "An old checkout",
        reason: "behind",
        held: [aField({ field: "title", verdict: "behind", base: "New", spec: "Old", live: "New" })],
      }),
    ],
    questions: Array.from({ length: 7 }, (_, index) => ({
      kind: "ticket-missing" as const,
      target: "engineering",
      address: `specs/payments.md#q${index}`,
      key: `ENG-${90 + index}`,
      text: `ENG-${90 + index} is not in the project any more.`,
      hint: "Correct the key, or take the marker line out.",
    })),
  }),
  drift: aPlan({
    targets: [aTarget({ inSync: 38 })],
    observed: [
      aChange({
        action: "pull",
        key: "ENG-4",
        title: "Refunds",
        held: [aField({ field: "status", verdict: "pull", spec: "Open", live: "Done", by: "R. Ito", at: "2026-11-21T09:30:00.000Z" })],
      }),
      aChange({
        action: "pull",
        key: "ENG-5",
        title: "Expiry",
        held: [
          aField({ field: "title", verdict: "pull", spec: "Expiry", live: "Expiry of keys" }),
          aField({ field: "criteria", verdict: "pull", spec: ["[ ] a", "[ ] b"], live: ["[x] a"] }),
        ],
      }),
      aChange({ action: "pull", key: "ENG-6", title: "Quiet", held: [aField({ field: "title", verdict: "apart", spec: "Quiet", live: "Silent" })] }),
    ],
    orphans: [{ target: "engineering", key: "ENG-7", title: "Left behind", address: "specs/gone.md#left-behind" }],
  }),
  errors: aPlan({
    diagnostics: [
      {
        code: "ticket-twice",
        severity: "error",
        message: "ENG-1 stands on two sections.",
        place: { path: "specs/a.md", line: 12, column: 1 },
        also: [{ path: "specs/b.md", line: 3 }],
      },
      { code: "nesting-refused", severity: "notice", message: "Story below Story becomes Task.", place: { path: "specs/a.md", line: 30 } },
      ...Array.from({ length: 13 }, (_, index) => ({
        code: "title-cut" as const,
        severity: "warning" as const,
        message: `The title of section ${index} is cut.`,
        place: { path: "specs/long.md", line: index + 1 },
      })),
    ],
  }),
  "in-sync": aPlan({ targets: [aTarget({ system: "local", project: "PAY", inSync: 38 })] }),
  "in-sync-several": aPlan({ targets: [aTarget({ inSync: 1 }), aTarget({ name: "oss", system: "github", project: "acme/pay", inSync: 3 })] }),
  nothing: aPlan(),
  "nothing-selected": aPlan({ selection: { addresses: ["specs/none.md"], exclude: [], targets: [], includeDone: false, ...FORWARD } }),
  "only-done": aPlan({ leftOut: { done: 12, deprecated: 0, status: 0, createOff: 0 } }),
};

export function manyCreates(number: number): Plan {
  const changes = Array.from({ length: number }, (_, index) =>
    aChange({
      title: `Section ${index} of a long spec`,
      digest: `d${index}`,
      address: `specs/s${index % 20}.md#s${index}`,
      fields: [aField({ field: "criteria", spec: ["[ ] a"] })],
    }),
  );
  return aPlan({ changes, targets: [aTarget({ estimate: { requests: 21, seconds: 42 } })] });
}
