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
}

export interface Stage {
  /** On an empty project. */
  readonly tracker: Tracker;
  /** The account's name as history shows it. */
  readonly account: string;
  readonly person: Person;
  /** Queries in the tracker's own language: one that finds this label, and one that it must refuse. */
  readonly inbox: { readonly labelled: (label: string) => string; readonly wrong: string };
  /** Sets a fault for the `nth` element (writes) or call (reads) from now on. */
  fault(operation: LocalOperation, nth: number, kind: LocalFaultKind, ms?: number): Promise<void>;
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

/** After everything has become visible. */
export async function readOne(stage: Stage, key: string): Promise<Ticket> {
  await stage.pass(LONG);
  const { tickets } = await stage.tracker.read({ keys: [key] });
  const [ticket] = tickets;
  if (!ticket) throw new Error(`${key} cannot be read`);
  return ticket;
}
