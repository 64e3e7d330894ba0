/** Each decision about one create in doubt; that they add up to exactly once is the model's part. */

import { fc } from "../harness/property.ts";
import { expect, test } from "vitest";
import { nextSettleStep, type Found, type LookupAnswer, type Recovery } from "../../src/core/plan/settle.ts";

const D = 120_000;

function ticket(id: string, base: Found["base"] = { ticket: null, released: false }): Found {
  return { id, key: `PAY-${id}`, base };
}

function recovery(change: Partial<Recovery<Found>>): Recovery<Found> {
  return { began: 1_000, now: 1_000 + D, bound: D, clientIds: false, lookup: null, ...change };
}

function after(found: LookupAnswer<Found>): Recovery<Found> {
  return recovery({ lookup: { began: 1_000 + D, found } });
}

test("waits out D in full, from the start of recovery", () => {
  expect(nextSettleStep(recovery({ now: 1_000 }))).toEqual({ do: "wait", milliseconds: D });
  expect(nextSettleStep(recovery({ now: 1_000 + D - 1 }))).toEqual({ do: "wait", milliseconds: 1 });
  expect(nextSettleStep(recovery({}))).toEqual({ do: "lookup" });
});

test("a lookup from before that moment counts for nothing, whatever it found", () => {
  for (const found of [{ state: "absent" }, { state: "created", tickets: [ticket("1")] }] as const) {
    expect(nextSettleStep(recovery({ lookup: { began: 1_000 + D - 1, found } }))).toEqual({ do: "lookup" });
  }
});

test("with client ids there is nothing to wait for", () => {
  expect(nextSettleStep(recovery({ now: 1_000, clientIds: true }))).toEqual({ do: "lookup" });
  expect(nextSettleStep(recovery({ now: 1_001, clientIds: true, lookup: { began: 1_000, found: { state: "absent" } } }))).toEqual({ do: "create" });
});

test("none: create; one: adopt; two: stop with exit 8 and both keys", () => {
  expect(nextSettleStep(after({ state: "absent" }))).toEqual({ do: "create" });
  expect(nextSettleStep(after({ state: "created", tickets: [] }))).toEqual({ do: "create" });
  expect(nextSettleStep(after({ state: "created", tickets: [ticket("1")] }))).toEqual({ do: "adopt", ticket: ticket("1") });
  expect(nextSettleStep(after({ state: "created", tickets: [ticket("1"), ticket("2")] }))).toMatchObject({
    do: "stop",
    exit: 8,
    why: "twice",
    message: "PAY-1 and PAY-2 were both made for this section",
  });
});

test("a person's copy, and a ticket that was given back, are not ours", () => {
  const copy = ticket("2", { ticket: "1", released: false });
  const released = ticket("3", { ticket: "3", released: true });
  expect(nextSettleStep(after({ state: "created", tickets: [ticket("1", { ticket: "1", released: false }), copy, released] }))).toMatchObject({
    do: "adopt",
    ticket: { id: "1" },
  });
  expect(nextSettleStep(after({ state: "created", tickets: [copy, released] }))).toEqual({ do: "create" });
});

test("what could not be read is doubt, not absence", () => {
  expect(nextSettleStep(after({ state: "unknown", why: "PAY-7 cannot be read" }))).toEqual({
    do: "stop",
    exit: 8,
    why: "unreadable",
    tickets: [],
    message: "PAY-7 cannot be read",
  });
});

test("never creates or adopts before D has passed without client ids", () => {
  const found = fc.oneof(fc.constant({ state: "absent" } as const), fc.constant({ state: "created", tickets: [ticket("1")] } as const));
  const time = fc.nat(300_000);
  fc.assert(
    fc.property(time, time, time, fc.nat(200_000), found, (began, passed, asked, bound, answer) => {
      const step = nextSettleStep({ began, now: began + passed, bound, clientIds: false, lookup: { began: asked, found: answer } });
      if (step.do === "create" || step.do === "adopt") expect(Math.min(asked, began + passed)).toBeGreaterThanOrEqual(began + bound);
    }),
  );
});
