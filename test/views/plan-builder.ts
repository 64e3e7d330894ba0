/** Builds plans for tests of views: a test names only what differs. */

import { FORWARD } from "../../src/core/plan/selection.ts";
import type { Change, FieldChange, Plan, TargetPlan } from "../../src/core/model/plan.ts";

export const NOW = "2026-11-21T10:00:00.000Z";

let serial = 0;

export function aChange(parts: Partial<Change> & Pick<Change, "title">): Change {
  serial += 1;
  const slug = parts.title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return {
    digest: `change-${slug || serial}`,
    action: "create",
    reason: "new-section",
    target: "engineering",
    address: `specs/payments.md#${slug}`,
    from: null,
    key: null,
    type: "Story",
    parent: null,
    token: `token-${slug}`,
    itemHash: `hash-${slug}`,
    fields: [],
    pulled: [],
    edits: [],
    held: [],
    guards: [],
    after: [],
    splice: null,
    ...parts,
  };
}

export function aField(parts: Partial<FieldChange> & Pick<FieldChange, "field">): FieldChange {
  return { verdict: "push", base: null, spec: null, live: null, ...parts };
}

export function aTarget(parts: Partial<TargetPlan> = {}): TargetPlan {
  return {
    name: "engineering",
    system: "jira",
    project: "ENG",
    identity: "jira:example.atlassian.net/ENG",
    complete: true,
    applyable: true,
    why: null,
    whyCode: null,
    inSync: 0,
    elsewhere: 0,
    account: null,
    estimate: { requests: 0, seconds: 0 },
    ...parts,
  };
}

export function aPlan(parts: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    digest: "d".repeat(64),
    createdAt: NOW,
    canon: "0.1.0",
    workspace: "payments-platform",
    commit: null,
    unpushed: false,
    configDigest: "c".repeat(64),
    parser: "satteri 0.10.5",
    selection: { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD },
    targets: [aTarget()],
    changes: [],
    observed: [],
    conflicts: [],
    questions: [],
    orphans: [],
    leftOut: { done: 0, deprecated: 0, status: 0, createOff: 0 },
    diagnostics: [],
    ...parts,
  };
}

/** The plan of the design's sample. */
export function paymentsPlan(parts: Partial<Plan> = {}): Plan {
  const parent = { key: "PAY-142" };
  return aPlan({
    titles: { "specs/payments.md": "Payments" },
    targets: [aTarget({ account: "dana@acme", inSync: 38, estimate: { requests: 12, seconds: 4 } })],
    conflicts: [
      aChange({
        action: "update",
        reason: "both-edited",
        key: "PAY-144",
        title: "Retry handling",
        held: [
          aField({
            field: "title",
            verdict: "conflict",
            base: "Retry handling",
            spec: "Retry and backoff",
            live: "Retries",
            by: "R. Ito",
            at: "2026-11-21T08:00:00.000Z",
          }),
        ],
      }),
    ],
    changes: [
      aChange({
        action: "update",
        reason: "spec-edited",
        key: "PAY-142",
        title: "Idempotency layer",
        fields: [
          aField({
            field: "body",
            preview: {
              before: "Every request carries a key. The layer keeps idempotency keys for 24h and drops them afterwards.",
              after: "Every request carries a key. The layer keeps idempotency keys for 7 days and drops them afterwards.",
            },
          }),
        ],
      }),
      aChange({
        action: "move",
        reason: "moved",
        key: "PAY-143",
        title: "Key generation",
        from: "specs/api.md#key-generation",
        address: "specs/payments.md#key-generation",
        parent,
      }),
      aChange({ title: "Expiry", parent, fields: [aField({ field: "criteria", spec: ["[ ] a", "[ ] b", "[ ] c", "[ ] d"] })] }),
    ],
    observed: [
      aChange({
        action: "pull",
        reason: "ticket-edited",
        key: "PAY-150",
        title: "Refunds",
        held: [aField({ field: "criteria", verdict: "pull", spec: ["[ ] a"], live: ["[ ] a", "[ ] b"], by: "M. Chen", at: "2026-11-20T08:00:00.000Z" })],
      }),
    ],
    ...parts,
  });
}
