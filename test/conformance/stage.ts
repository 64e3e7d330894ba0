/** What the exam needs of a tracker under test: itself, a person beside it, faults on command, and time. */

import type { Base } from "../../src/core/model/base.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import type { LocalFaultKind, LocalOperation } from "../../src/trackers/local-desk.ts";
import type { Capabilities, Draft, Outcome, ProjectShape, Tracker } from "../../src/trackers/tracker.ts";

/** A person who works in the tracker's own interface. */
export interface Person {
  readonly name: string;
  create(ticket: { readonly title: string; readonly body?: string; readonly parent?: string }): Promise<Ticket>;
  edit(key: string, edit: { readonly title?: string; readonly body?: string }): Promise<Ticket>;
  move(key: string, status: string): Promise<Ticket>;
  label(key: string, add: readonly string[], remove: readonly string[]): Promise<Ticket>;
  archive(key: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** To another project; answers the new key. */
  transfer(key: string): Promise<string>;
  duplicate(key: string): Promise<Ticket>;
  /** Gives the newest comment other words, whoever wrote it. */
  reword(key: string, text: string): Promise<void>;
  /** Comments with all that the newest comment of `from` carries and a stranger can copy. */
  mimic(key: string, from: string): Promise<void>;
}

export interface Stage {
  /** On an empty project. */
  readonly tracker: Tracker;
  /** The account's name as history shows it. */
  readonly account: string;
  readonly person: Person;
  /** Queries in the tracker's own language: one that finds this label, and one that it must refuse. */
  readonly inbox: { readonly labelled: (label: string) => string; readonly wrong: string };
  /** A key that is well-formed and leads nowhere. */
  readonly missing: string;
  /** How many comments and links people see on a ticket. */
  seen(key: string): Promise<{ readonly comments: number; readonly links: number }>;
  /** Its comments as people see them, oldest first. */
  said(key: string): Promise<readonly string[]>;
  /** Sets a fault for the `nth` element (writes) or call (reads) from now on. */
  fault(operation: LocalOperation, nth: number, kind: LocalFaultKind, ms?: number): Promise<void>;
  /** Takes faults away that have not struck. */
  clear(): Promise<void>;
  /** Lets milliseconds pass: lagging reads catch up, late requests land. */
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

/** A test left out: the flag that the tracker does not have ("project": a rule of this project), and why that excuses it. */
export interface Skip {
  readonly flag: keyof Capabilities | "project";
  readonly reason: string;
  readonly tests: readonly string[];
}

/** One test of the exam. */
export interface Exam {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

/** Longer than any lag or delay a test sets. */
export const LONG = 60_000;

let drafts = 0;

export function draft(stage: Stage, given: Partial<Draft> = {}): Draft {
  drafts += 1;
  const token = given.token ?? `token-${drafts}`;
  return {
    title: `Ticket ${drafts}`,
    type: null,
    parent: null,
    status: null,
    labels: [],
    body: body(stage, [`Text ${drafts}.`]),
    base: base(token),
    extra: {},
    ...given,
    token,
  };
}

export function body(stage: Stage, blocks: readonly string[], criteria: readonly string[] = []): string {
  return stage.tracker.format.print({
    blocks,
    criteria: criteria.map((text) => ({ text, checked: false })),
    footer: "From specs/a.md › A. Please change title and text there.",
  });
}

export function base(token: string, given: Partial<Base> = {}): Base {
  return {
    format: 1,
    ticket: null,
    workspace: "w",
    address: "specs/a.md#a",
    token,
    fields: { title: { spec: "A", echo: null, agreed: true } },
    text: null,
    commit: null,
    unpushed: false,
    hash: "h",
    previous: null,
    released: false,
    ...given,
  };
}

export async function shapeOf(stage: Stage): Promise<ProjectShape> {
  const check = await stage.tracker.check();
  if (!check.ok) throw check.error;
  return check.project;
}

export type Done = Extract<Outcome, { readonly state: "done" }>;

export function done(outcome: Outcome | undefined): Done {
  if (outcome?.state === "done") return outcome;
  throw new Error(`not done: ${outcome?.state} ${outcome?.error.message}`, { cause: outcome?.error });
}

export async function createOne(stage: Stage, given: Partial<Draft> = {}): Promise<Done> {
  return done((await stage.tracker.create([draft(stage, given)]))[0]);
}

/** Creates in batches, and waits as long as the tracker asks for between them. */
export async function createAll(stage: Stage, drafts: readonly Draft[]): Promise<readonly Done[]> {
  const { create } = stage.tracker.capabilities.batch;
  const all: Done[] = [];
  let left = drafts;
  while (left.length > 0) {
    const sent = left.slice(0, create);
    const outcomes = await stage.tracker.create(sent);
    const again: Draft[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const one = sent[index];
      if (outcome.state === "unsent" && outcome.error.retryAfter !== null && one) {
        again.push(one);
        await stage.pass(outcome.error.retryAfter * 1000);
      } else all.push(done(outcome));
    }
    left = [...again, ...left.slice(create)];
  }
  return all;
}

/** Writes a base; where the tracker takes none alone, together with the text as it stands. */
export async function writeBase(stage: Stage, key: string, next: Base): Promise<void> {
  const { body: text } = await readOne(stage, key);
  const alone = stage.tracker.capabilities.baseAlone;
  done((await stage.tracker.update([{ key, expectRevision: null, base: next, ...(alone ? {} : { body: text }) }]))[0]);
}

/** A pair of types that the project lets nest; nulls where tickets have no types; null where nothing nests. */
export async function nestingPair(stage: Stage): Promise<readonly [string | null, string | null] | null> {
  const { types, hierarchy } = stage.tracker.capabilities;
  if (!hierarchy) return null;
  if (!types) return [null, null];
  const { nesting } = await shapeOf(stage);
  for (const [parent, [child]] of Object.entries(nesting)) if (parent !== "" && child !== undefined) return [parent, child];
  return null;
}

/** After everything has become visible. */
export async function readOne(stage: Stage, key: string): Promise<Ticket> {
  await stage.pass(LONG);
  const { tickets } = await stage.tracker.read({ keys: [key] });
  const [ticket] = tickets;
  if (!ticket) throw new Error(`${key} cannot be read`);
  return ticket;
}
