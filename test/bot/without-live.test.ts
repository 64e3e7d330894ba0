/** Nothing that stands on a ticket, and nobody's name, is left in a plan that is shown where everybody reads. */

import { expect, it } from "vitest";
import { withoutLive } from "../../src/core/bot/without-live.ts";
import type { Change, FieldChange, Plan } from "../../src/core/model/plan.ts";
import { aChange, aPlan, aTarget } from "../views/plan-builder.ts";

const SECRET = "Acme pays late";

const field = (name: FieldChange["field"], given: Partial<FieldChange> = {}): FieldChange => ({
  ...{ field: name, verdict: "pull", base: SECRET, spec: "spec", live: SECRET, by: SECRET, at: "2026-01-04T10:00:00.000Z", ...given },
});

function change(target: string, given: Partial<Change> = {}): Change {
  const fields = [
    field("title"),
    field("body", { preview: { before: SECRET, after: "spec" } }),
    field("criteria", { base: ["[ ] old"], spec: ["[ ] old", "[ ] new", `[ ] ${SECRET}`], live: ["[ ] old", `[ ] ${SECRET}`] }),
    field("labels", { live: [SECRET] }),
  ];
  return aChange({
    ...{ title: "spec", action: "update", target, key: "P-1", fields, pulled: fields, held: fields },
    ...{ edits: [{ path: "specs/a.md", line: 1, before: [], after: [SECRET] }], guards: [{ field: "title", live: SECRET }], ...given },
  });
}

function planOf(target: string): Plan {
  return aPlan({
    targets: [aTarget({ name: target, account: SECRET })],
    changes: [change(target), change(target, { action: "close", title: SECRET, address: "specs/a.md#b" })],
    observed: [change(target, { title: SECRET, address: "specs/a.md#b" })],
    conflicts: [change(target)],
    questions: [{ kind: "unmapped", target, address: null, key: "P-2", text: SECRET, hint: "canon ticket accept" }],
    orphans: [{ target, key: "P-3", title: SECRET, address: "specs/a.md#c" }],
  });
}

it("hides it for the targets that are told, and for no other", () => {
  expect(JSON.stringify(withoutLive(planOf("closed"), new Set(["closed"])))).not.toContain(SECRET);
  expect(withoutLive(planOf("open"), new Set(["closed"]))).toEqual(planOf("open"));
});

it("keeps what the spec says, which ticket it is about, and its state", () => {
  const plan = planOf("closed");
  const status = field("status", { live: "In Progress", base: "To Do" });
  const shown = withoutLive({ ...plan, changes: [change("closed", { fields: [field("title"), status] })] }, new Set(["closed"]));
  expect(shown.changes[0]).toMatchObject({
    key: "P-1",
    title: "spec",
    fields: [
      { field: "title", spec: "spec" },
      { field: "status", live: "In Progress" },
    ],
  });
});
