/** What Canon thinks a document costs is what the emulator charges, for every document that it sends. */

import { afterEach, expect, it } from "vitest";
import { costOf, rowsPerPage } from "../../../src/trackers/linear/linear-cost.ts";
import { BARE_TICKET, LABELS, PROJECT, STORED_TICKET, TEAM_NAMES, TICKET, ticketPage, ticketsOneByOne } from "../../../src/trackers/linear/linear-documents.ts";
import { complexityOf } from "../../emulators/linear/complexity.ts";
import { prepare } from "../../emulators/linear/documents.ts";
import { createOne } from "../../conformance/stage.ts";
import { linearStage, type LinearStage } from "./linear-stage.ts";

const open: LinearStage[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
});

it("a ticket fits a page of 250", () => {
  expect(rowsPerPage(TICKET)).toBe(250);
  expect(rowsPerPage(`${TICKET} history(first: 30) { nodes { ${BARE_TICKET} ${STORED_TICKET} } }`)).toBeLessThan(40);
});

it("every document costs what is computed", () => {
  const first = 250;
  for (const query of [PROJECT, TEAM_NAMES, LABELS, ticketPage("CanonTickets", TICKET), ticketsOneByOne(50, TICKET)]) {
    const charged = complexityOf(prepare(query, null), { first });
    expect(Math.ceil(Math.round(costOf(query, first) * 10) / 10)).toBe(charged);
    expect(charged).toBeLessThan(10_000);
  }
});

it("a cost that is refused is told in Linear's words", async () => {
  const stage = await linearStage({ complexityPerQuery: 1_700 });
  open.push(stage);
  expect(await stage.tracker.check()).toMatchObject({ ok: true });
  const { key } = await createOne(stage);
  await expect(stage.tracker.read({ keys: [key] })).rejects.toMatchObject({ kind: "invalid", message: expect.stringContaining("1700 is the most") });
});
