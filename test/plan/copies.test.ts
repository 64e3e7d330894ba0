/** Which of several tickets with one token is a person's copy: who created them tells, where the base names none. */

import { expect, test } from "vitest";
import type { Base } from "../../src/core/model/base.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { isCopy, nameOriginals } from "../../src/core/plan/copies.ts";

type Carrier = Pick<Ticket, "id" | "createdByUs"> & { readonly minute: number; readonly token?: string; readonly names?: string };

function ticket({ id, createdByUs, minute, token = "t", names }: Carrier): Ticket {
  return {
    ...{ id, key: `PAY-${id}`, url: null, revision: "1", title: "Keys", type: "Task", status: "To Do", category: "open", labels: [], parent: null },
    ...{
      body: "",
      base: { ...BASE, token, ticket: names ?? null },
      token,
      createdByUs,
      createdAt: `2026-11-22T00:0${minute}:00.000Z`,
      updatedAt: "",
      updatedBy: null,
      archived: false,
    },
  };
}

const BASE: Omit<Base, "ticket" | "token"> = {
  ...{ format: 1, workspace: "w", address: "a.md#b", fields: {}, text: null, commit: null },
  ...{ unpushed: false, hash: "h", previous: null, released: false },
};

/** Ids of the copies among them. */
function copiesOf(...carriers: readonly Carrier[]): readonly string[] {
  return nameOriginals(carriers.map(ticket))
    .filter(isCopy)
    .map(({ id }) => id);
}

const OURS = { id: "1", createdByUs: true, minute: 1 } as const;

test("beside one of ours, what somebody else created later is a copy", () => {
  expect(copiesOf(OURS, { id: "2", createdByUs: false, minute: 2 }, { id: "3", createdByUs: false, minute: 3 })).toEqual(["2", "3"]);
  expect(copiesOf({ ...OURS, names: "1" }, { id: "2", createdByUs: false, minute: 2 })).toEqual(["2"]);
});

test("a second one of ours is none", () => {
  expect(copiesOf(OURS, { id: "2", createdByUs: true, minute: 2 })).toEqual([]);
  expect(copiesOf(OURS, { id: "2", createdByUs: true, minute: 2 }, { id: "3", createdByUs: false, minute: 3 })).toEqual(["3"]);
});

test("where none is known to be ours, nobody can tell", () => {
  for (const createdByUs of [false, null]) expect(copiesOf({ ...OURS, createdByUs }, { id: "2", createdByUs: false, minute: 2 })).toEqual([]);
  expect(copiesOf(OURS, { id: "2", createdByUs: null, minute: 2 })).toEqual([]);
});

test("nothing is a copy of what came later or at once, as two accounts create that run Canon side by side", () => {
  for (const minute of [0, 1]) expect(copiesOf(OURS, { id: "2", createdByUs: false, minute })).toEqual([]);
});

test("only of its own token, and not of a copy", () => {
  expect(copiesOf(OURS, { id: "2", createdByUs: false, minute: 2, token: "u" })).toEqual([]);
  expect(copiesOf({ ...OURS, names: "9" }, { id: "2", createdByUs: false, minute: 2 })).toEqual(["1"]);
});
