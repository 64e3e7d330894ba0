/** Since when something waits: the parts of the overview that a project with one clock cannot show. */

import { describe, expect, test } from "vitest";
import type { Change } from "../../src/core/model/plan.ts";
import { statusReport } from "../../src/core/plan/status-report.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { aChange, aField, aPlan } from "../views/plan-builder.ts";

const parsed = parseConfig("sync: { system: local, project_key: PAY }\n", "canon.config.yaml");

function conflict(key: string, ...times: readonly (string | undefined)[]): Change {
  const held = times.map((at) => aField({ field: "title", verdict: "conflict", ...(at === undefined ? {} : { at }) }));
  return aChange({ title: key, key, held });
}

function oldest(...conflicts: readonly Change[]): string | null {
  if (!parsed.config) throw new Error("the configuration does not parse");
  const report = statusReport(aPlan({ conflicts }), new Map(), { config: parsed.config, specs: [], targets: new Map() });
  expect(report.totals.conflicts).toBe(conflicts.length);
  return report.totals.oldest?.key ?? null;
}

describe("what waits longest", () => {
  const [early, late] = ["2026-11-01T10:00:00.000Z", "2026-11-20T10:00:00.000Z"];

  test("is the first edit, wherever it stands", () => {
    expect(oldest(conflict("A", late), conflict("B", early), conflict("C", late))).toBe("B");
    expect(oldest(conflict("A", late), conflict("B", late, early))).toBe("B");
  });

  test("is unknown where nobody knows when anything was edited", () => {
    expect(oldest(conflict("A", undefined))).toBeNull();
    expect(oldest()).toBeNull();
  });

  test("fields that are not in conflict do not count", () => {
    const pulled = aField({ field: "status", verdict: "pull", at: early });
    expect(oldest(conflict("A", late), aChange({ title: "B", key: "B", held: [pulled] }))).toBe("A");
  });
});
