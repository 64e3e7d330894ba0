/** The JQL that the emulated Jira understands, and how it refuses the rest. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import { fieldsOf, openJira } from "./open-jira.ts";
import type { OpenJira } from "./open-jira.ts";
import { jiraTime, jqlTime } from "./jira-time.ts";

async function world(): Promise<OpenJira> {
  const open = await openJira({ rates: null });
  const { people, clock } = open.emulator;
  people.create({ title: "Payments epic", type: "Epic", labels: ["canon"] });
  people.create({ title: "Key generation", type: "Story", parent: "PAY-1", labels: ["canon", "api"] });
  clock.advance(120_000);
  people.create({ title: "A bug", type: "Bug", status: "Done" });
  people.create({ title: "A step", parent: "PAY-2" });
  people.transfer(people.create({ title: "Elsewhere" }));
  people.archive(people.create({ title: "Away" }));
  clock.advance(5_000);
  return open;
}

async function find({ call }: OpenJira, jql: string): Promise<readonly unknown[]> {
  const { status, body } = await call("POST", "/search/jql", { jql: `(${jql}) ORDER BY key ASC`, fields: ["key"] });
  return status === 200 ? asList(body["issues"]).map((one) => asObject(one)["key"]) : [status, ...asList(body["errorMessages"])];
}

it("finds by every clause it knows", async () => {
  const open = await world();
  for (const [jql, keys] of [
    ["project = PAY", ["PAY-1", "PAY-2", "PAY-3", "PAY-4"]],
    ["project in (pay, OPS) AND labels is EMPTY", ["OPS-1", "PAY-3", "PAY-4"]],
    ['project = "Payments" and NOT type = Epic', ["PAY-2", "PAY-3", "PAY-4"]],
    ["key in (PAY-2, pay-1)", ["PAY-1", "PAY-2"]],
    // By the key it had before.
    ["key = PAY-5", ["OPS-1"]],
    ["parent in (PAY-1, PAY-2)", ["PAY-2", "PAY-4"]],
    ['"Epic Link" = PAY-1', ["PAY-2"]],
    ["labels = canon AND labels = api", ["PAY-2"]],
    // A ticket without labels matches neither a label nor its opposite.
    ["project = PAY AND labels != api", ["PAY-1"]],
    ['status = Done OR status in ("in review")', ["PAY-3"]],
    ["project = PAY AND statusCategory != Done AND type != Epic", ["PAY-2", "PAY-4"]],
    ["text ~ 'generation key'", ["PAY-2"]],
    ['summary ~ "gener*"', ["PAY-2"]],
    ["created >= -1m AND project = PAY", ["PAY-3", "PAY-4"]],
    ["updated < -1m", ["PAY-1", "PAY-2"]],
    ["creator = currentUser()", []],
  ] as const) {
    expect([jql, await find(open, jql)]).toEqual([jql, keys]);
  }
});

it("refuses what it does not understand, in Jira's form", async () => {
  const open = await world();
  for (const [jql, message] of [
    ["project =", "Error in the JQL Query: Unexpected ')'."],
    ["project = PAY AND", "Error in the JQL Query: Unexpected ')'."],
    ["nonsense = 1", "Field 'nonsense' does not exist or you do not have permission to view it."],
    ["project = NONE", "The value 'NONE' does not exist for the field 'project'."],
    ["key in (PAY-1, PAY-99)", "An issue with key 'PAY-99' does not exist for field 'key'."],
    ["parent = PAY-99", "An issue with key 'PAY-99' does not exist for field 'parent'."],
    ["status = Finished", "The value 'Finished' does not exist for the field 'status'."],
    ["labels ~ canon", "The operator '~' is not supported by the 'labels' field."],
    ["updated >= '2026-11-21T12:00:00Z'", expect.stringContaining("is invalid. Valid formats include")],
  ] as const) {
    expect([jql, await find(open, jql)]).toEqual([jql, [400, message]]);
  }
  const { status } = await open.call("POST", "/search/jql", { jql: "project = PAY ORDER BY" });
  expect(status).toBe(400);
});

it("[M] a key that nobody has can be overlooked instead", async () => {
  const { call, emulator } = await openJira({ jqlMissingKeys: "ignore" });
  emulator.people.create({ title: "One" });
  emulator.clock.advance(5_000);
  expect(asList((await call("POST", "/search/jql", { jql: "key in (PAY-1, PAY-99)" })).body["issues"])).toHaveLength(1);
});

it("sorts as told, and the newest first when it is not", async () => {
  const open = await openJira();
  for (let n = 1; n <= 11; n += 1) open.emulator.people.create({ title: `T${n}` });
  open.emulator.clock.advance(5_000);
  const keys = async (jql: string): Promise<readonly unknown[]> => {
    const { body } = await open.call("POST", "/search/jql", { jql, fields: ["key"], maxResults: 3 });
    return asList(body["issues"]).map((one) => asObject(one)["key"]);
  };
  expect(await keys("project = PAY ORDER BY key")).toEqual(["PAY-1", "PAY-2", "PAY-3"]);
  expect(await keys("project = PAY ORDER BY created DESC, key DESC")).toEqual(["PAY-11", "PAY-10", "PAY-9"]);
  expect(await keys("project = PAY")).toEqual(["PAY-11", "PAY-10", "PAY-9"]);
});

describe("dates", () => {
  it("are read in the account's time zone, to the minute", () => {
    const noon = Date.UTC(2026, 10, 21, 12, 0);
    expect(jqlTime("2026-11-21 07:00", "America/New_York", 0)).toBe(noon);
    expect(jqlTime("2026/11/21 12:00", "UTC", 0)).toBe(noon);
    expect(jqlTime("2026-11-21", "UTC", 0)).toBe(Date.UTC(2026, 10, 21));
    expect(jqlTime("-1w 2d", "UTC", noon)).toBe(noon - 9 * 86_400_000);
    expect(jqlTime("2026-11-21 07:00:00", "UTC", 0)).toBeNull();
    expect(jiraTime(noon + 5, "America/New_York")).toBe("2026-11-21T07:00:00.005-0500");
    expect(jiraTime(Date.UTC(2026, 6, 1), "America/New_York")).toBe("2026-06-30T20:00:00.000-0400");
  });

  it("find what was changed in that zone", async () => {
    const { call, emulator } = await openJira({ timeZone: "America/New_York" });
    await call("POST", "/issue", fieldsOf("One"));
    emulator.clock.advance(5_000);
    const minute = (at: number): string => jiraTime(at, "America/New_York").slice(0, 16).replace("T", " ");
    const count = async (since: string): Promise<unknown> =>
      (await call("POST", "/search/approximate-count", { jql: `project = PAY AND updated >= "${since}"` })).body["count"];
    expect(await count(minute(emulator.clock.now() - 60_000))).toBe(1);
    expect(await count(minute(emulator.clock.now() + 120_000))).toBe(0);
  });
});
