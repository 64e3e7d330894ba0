/** The small pure parts: dates in JQL, documents without ids, labels as operations, values of fields. */

import { fc } from "../../harness/property.ts";
import { describe, expect, it } from "vitest";
import { adfBody } from "../../../src/trackers/jira/jira-adf-body.ts";
import { valueFor } from "../../../src/trackers/jira/jira-extra.ts";
import { labelOperations } from "../../../src/trackers/jira/jira-labels.ts";
import { jqlMinute } from "../../../src/trackers/jira/jira-read.ts";
import { jqlTime } from "../../emulators/jira/jira-time.ts";

describe("values for Jira", () => {
  it("a date of JQL is at most a minute before the moment, in every time zone", () => {
    const zones = fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Asia/Kathmandu");
    fc.assert(
      fc.property(fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }), zones, (moment, zone) => {
        const read = jqlTime(jqlMinute(moment, zone), zone, 0) ?? 0;
        // An hour that a clock shows twice may be read as the earlier one: more is read then, never less.
        expect([0, 3_600_000].some((twice) => moment.getTime() - read - twice >= 0 && moment.getTime() - read - twice < 60_000)).toBe(true);
      }),
    );
    expect(jqlMinute(new Date("2026-11-21T12:00:30Z"), null)).toBe("2026-11-20 12:00");
  });

  it("ids that Jira gives to blocks are left out, those of tasks stay", () => {
    const block = { type: "paragraph", attrs: { localId: "1" }, content: [{ type: "text", text: "x" }] };
    const tasks = { type: "taskList", attrs: { localId: "2" }, content: [{ type: "taskItem", attrs: { localId: "3", state: "TODO" }, content: [] }] };
    const heading = { type: "heading", attrs: { level: 2, localId: "4" }, content: [] };
    expect(adfBody({ type: "doc", version: 1, content: [block, tasks, heading] })).toBe(
      '{"content":[{"content":[{"text":"x","type":"text"}],"type":"paragraph"},{"attrs":{"localId":"2"},"content":[{"attrs":{"localId":"3","state":"TODO"},"content":[],"type":"taskItem"}],"type":"taskList"},{"attrs":{"level":2},"content":[],"type":"heading"}],"type":"doc","version":1}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(adfBody(JSON.parse(adfBody(value) || "null"))).toBe(adfBody(value));
      }),
    );
  });

  it("the mark is never taken away, and no label is both added and removed", () => {
    const labels = fc.array(fc.constantFrom("canon", "a", "b", "c"));
    fc.assert(
      fc.property(labels, labels, fc.boolean(), (add, remove, mark) => {
        const operations = labelOperations({ add, remove }, mark);
        expect(operations).not.toContainEqual({ remove: "canon" });
        for (const label of add) expect(operations).not.toContainEqual({ remove: label });
        if (mark) expect(operations).toContainEqual({ add: "canon" });
      }),
    );
  });

  it("values take the form of their field", () => {
    const value = (type: string, given: unknown, items?: string): unknown =>
      valueFor({ schema: { type, ...(items === undefined ? {} : { items }) } }, given, true);
    expect(value("array", ["Payments"], "component")).toEqual([{ name: "Payments" }]);
    expect(value("array", "Payments", "component")).toEqual([{ name: "Payments" }]);
    expect(value("array", ["x"], "string")).toEqual(["x"]);
    expect(value("priority", "High")).toEqual({ name: "High" });
    expect(value("option", "Red")).toEqual({ value: "Red" });
    expect(value("user", "5b10")).toEqual({ accountId: "5b10" });
    expect(value("number", 3)).toBe(3);
    expect(value("option", { id: "7" })).toEqual({ id: "7" });
  });
});
