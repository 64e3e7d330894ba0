/** A walk through a backlog of 800 tickets and 40 specs without markers: suggested, answered, linked; nothing made, nothing changed. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeBacklog, TICKETS, writeBacklog } from "../../scripts/make-backlog.ts";
import { parseCsv, printCsv } from "../../src/core/adopt/csv.ts";
import { listSpecs } from "../../src/operations/list.ts";
import { adoptDecisions, saveMatches, suggestAdoptions } from "../../src/operations/suggest.ts";
import type { Match } from "../../src/core/model/match.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { ALL, projectAt, type Project } from "../harness/project-at.ts";

const backlog = makeBacklog();
const root = mkdtempSync(join(tmpdir(), "canon-backlog-"));
const project: Project = projectAt(root);
const matchFile = { file: join(root, "matches.csv"), shown: "matches.csv" };
let matches: readonly Match[] = [];

beforeAll(async () => {
  await writeBacklog(root, backlog);
  matches = (await suggestAdoptions(await project.open(), ALL)).matches;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("the generator makes the same backlog every time, and all that it calls true is there", async () => {
  expect(makeBacklog()).toEqual(backlog);
  expect(makeBacklog(8)).not.toEqual(backlog);
  expect(backlog.tickets).toHaveLength(TICKETS);
  expect(backlog.pairs.length).toBeGreaterThan(250);
  expect(backlog.duplicates.length).toBeGreaterThan(10);
  expect(backlog.tickets.filter(({ status }) => status === "Done").length).toBeGreaterThan(50);
  const { specs } = await listSpecs(await project.open(), ALL);
  expect(specs).toHaveLength(40);
  const there = new Map(specs.flatMap(({ sections }) => sections.map((section) => [section.address, section.key] as const)));
  for (const { address } of backlog.pairs) expect(there.get(address)).toBeNull();
});

/** Whatever the title still says of the section must be found; who called it something else finds it without us. */
test.each([
  ["same", 1],
  ["tagged", 1],
  ["placed", 1],
  ["turned", 1],
  ["verb", 0.98],
  ["typed", 0.9],
  ["other word", 0.75],
])("of those worded so, enough are suggested: %s", (how, share) => {
  const pairs = backlog.pairs.filter((pair) => pair.how === how);
  const listed = pairs.filter(({ key, address }) => matches.some((match) => match.ticket?.key === key && match.section?.address === address));
  expect(pairs.length).toBeGreaterThan(10);
  expect(listed.length / pairs.length).toBeGreaterThanOrEqual(share);
});

test("most first suggestions are right, and nearly all that score high", () => {
  const truth = new Map(backlog.pairs.map(({ address, key }) => [address, key] as const));
  const original = new Map(backlog.duplicates.map(({ key, of }) => [key, of] as const));
  const firsts = [...Map.groupBy(matches, ({ section }) => section?.address ?? "").values()].flatMap(([first]) =>
    first?.ticket && first.section ? [first] : [],
  );
  const isRight = ({ section, ticket }: Match): boolean => truth.get(section?.address ?? "") === (original.get(ticket?.key ?? "") ?? ticket?.key);
  const share = (some: readonly Match[]): number => some.filter(isRight).length / some.length;
  expect(share(firsts)).toBeGreaterThan(0.85);
  expect(share(firsts.filter(({ score }) => score >= 60))).toBeGreaterThan(0.9);
});

test("what a person confirms is linked, and nothing else happens", async () => {
  const before = await ticketsOf();
  const workspace = await project.open();
  expect(await saveMatches(workspace, matches, matchFile)).toBeNull();
  const confirmed = answer(new Set(backlog.pairs.map(({ key, address }) => `${key} ${address}`)));
  const { decisions, diagnostics } = await adoptDecisions(workspace, matchFile, { keep: "both", targets: [] });
  expect(diagnostics).toEqual([]);
  expect(decisions.map(({ key, address }) => `${key} ${address}`).sort()).toEqual(confirmed.toSorted());
  expect(confirmed.length).toBeGreaterThan(270);

  const selection = { addresses: decisions.map(({ address }) => address), decisions, direction: "both" as const };
  const plan = await project.plan(selection);
  expect(new Set(plan.changes.map(({ action }) => action))).toEqual(new Set(["adopt"]));
  expect(plan.changes).toHaveLength(confirmed.length);
  const report = await project.apply(selection);
  expect(report.results.filter(({ state }) => state !== "done")).toEqual([]);

  const after = await ticketsOf();
  expect(after.map(asPeopleSee)).toEqual(before.map(asPeopleSee));
  expect(after.filter(({ base }) => base !== null)).toHaveLength(confirmed.length);
  const { specs } = await listSpecs(await project.open(), ALL);
  const linked = specs.flatMap(({ sections }) => sections.flatMap(({ key, address }) => (key === null ? [] : [`${key} ${address}`])));
  expect(linked.sort()).toEqual(confirmed.toSorted());
  expect((await project.plan()).changes).toEqual([]);
});

test("what is linked is suggested no more, and the same answers again do nothing", async () => {
  const workspace = await project.open();
  const again = (await suggestAdoptions(workspace, ALL)).matches;
  const linked = new Set((await ticketsOf()).flatMap(({ base, key }) => (base === null ? [] : [key])));
  expect(again.filter(({ ticket }) => ticket && linked.has(ticket.key))).toEqual([]);
  const { decisions } = await adoptDecisions(workspace, matchFile, { keep: "both", targets: [] });
  expect(decisions).toHaveLength(linked.size);
  const plan = await project.plan({ addresses: decisions.map(({ address }) => address), decisions, direction: "both" });
  expect(plan.changes).toEqual([]);
  expect(plan.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

/** Every ticket of the project. */
async function ticketsOf(): Promise<readonly Ticket[]> {
  const { config, connect } = await project.open();
  const [target] = config.targets;
  if (!target) throw new Error("no target");
  const connection = await connect(target);
  if (!connection.ok) throw new Error(connection.message);
  const { tickets } = await connection.tracker.read({ project: true });
  await connection.tracker.close();
  return tickets;
}

function asPeopleSee({ revision: _revision, base: _base, ...seen }: Ticket): object {
  return seen;
}

/** Writes yes into the rows of these pairs, as a spreadsheet would save them; answers with those it found. */
function answer(truth: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const rows = parseCsv(readFileSync(matchFile.file, "utf8")).records.map(({ cells: [first = "", key = "", title = "", address = "", ...rest] }) => {
    const isTrue = truth.has(`${key} ${address}`);
    if (isTrue) found.push(`${key} ${address}`);
    return [isTrue ? "yes" : first, key, title, address, ...rest];
  });
  writeFileSync(matchFile.file, printCsv(rows).replaceAll("\n", "\r\n"));
  return found;
}
