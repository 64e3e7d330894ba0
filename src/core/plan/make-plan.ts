/** Makes the plan: everything apply would do and everything people should know, from what the operation gathered. */

import { parseAddress } from "../address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change, LeftOut, Orphan, Plan, Question, TargetPlan } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { SpecStatus } from "../model/status.ts";
import { ticketToken } from "../spec/print-marker.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import { acceptChange } from "./accept-ticket.ts";
import { AlikeValues } from "./alike-values.ts";
import { compareItem, type ItemComparison } from "./compare-item.ts";
import type { CompiledItem } from "./compile-items.ts";
import { estimateOf } from "./estimate.ts";
import { fitLimits } from "./fit-limits.ts";
import { givenBack } from "./given-back.ts";
import { grownBodies } from "./grown-bodies.ts";
import { isClosed } from "./is-closed.ts";
import { ownersOfKey } from "./key-owner.ts";
import { linkItems, type LinkedItem } from "./link-items.ts";
import { judgeMoves } from "./moves.ts";
import { createChange, NOTHING_PULLED, ticketChanges, type Planned, type Pulled } from "./plan-change.ts";
import { ON_ITS_OWN, parentOf, parentPlace, waiting } from "./parent-place.ts";
import { pulledField, pullEdit, withoutNotes } from "./plan-pull.ts";
import { planRemovals, type Removals } from "./plan-removals.ts";
import { planUndo } from "./plan-undo.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { canceledQuestion, leftQuestion, levelQuestion, routeQuestion } from "./questions.ts";
import { pulledStatus } from "./pulled-status.ts";
import { sealPlan } from "./seal.ts";
import { isWhole, selector } from "./selection.ts";
import { sidesOf, type Sides } from "./sides.ts";
import { specText } from "./spec-text.ts";
import { findStrays, tellStrays } from "./strays.ts";
import { TargetMap } from "./target-map.ts";
import { unfinishedMoves, unfinishedQuestion, type UnfinishedMove } from "./unfinished-moves.ts";
import { unmappedQuestions } from "./unmapped.ts";
import { swallowedText } from "./swallowed-text.ts";
import { readTombstones } from "./tombstones.ts";
import { verificationOf } from "./verification.ts";
import { withoutLevel } from "./without-level.ts";

export interface MadePlan {
  readonly plan: Plan;
  /** Every section that was looked at, by address: what a saved plan is held against, and what apply carries out. */
  readonly items: ReadonlyMap<string, LinkedItem>;
  /** How `Change.edits` come about, by address. */
  readonly edits: ReadonlyMap<string, SectionEdit>;
  /** The states that markers get from adopted tickets, by address. */
  readonly adopted: ReadonlyMap<string, SpecStatus>;
}

export function makePlan(input: PlanInput): MadePlan {
  const draft = new PlanDraft(input);
  const tombstones = readTombstones(input);
  const moves = judgeMoves(linkItems(input.items, input, givenBack(input, tombstones)), input);
  const linked = moves.links;
  const byAddress = new Map(linked.map((link) => [link.item.addressText, link] as const));
  const isUndo = input.undo !== null;
  const planned = isUndo ? [] : linked.filter(({ item }) => isPlanned(item, input));
  const chosen = chooseItems(planned, byAddress, input, draft);
  const unfinished = unfinishedMoves(input.asMarked, input);
  // Where a person decides right now where it goes, nobody is asked about routing.
  const decided = input.selection.decisions.flatMap((decision) => (decision.kind === "move" ? [decision.address] : []));
  const asked = new Set([...unfinished.map(({ item }) => item.addressText), ...decided, ...input.accepted.keys()]);
  for (const link of chosen) planItem(link, byAddress, input, draft, asked);
  draft.changes.push(...moves.leaving.filter(({ address, after }) => after.length === 0 || draft.changes.some((change) => change.address === address)));
  draft.diagnostics.push(...moves.diagnostics, ...(isUndo ? [] : tellNoSpecs(input)));
  draft.questions.push(...askUnfinished(unfinished, chosen, input), ...(isUndo ? [] : unmappedQuestions(input)));
  draft.take(input.undo === null ? planRemovals(tombstones, createdIn(draft), input) : planUndo(input.undo, hashesOf(byAddress), input));
  const { changes, diagnostics: limits } = fitLimits(draft.changes, byAddress, input.targets);
  draft.changes.splice(0, draft.changes.length, ...changes);
  draft.diagnostics.push(...limits, ...grownBodies(changes, byAddress, input));
  const strays = findStrays(linked, input.targets, input.workspace);
  draft.diagnostics.push(...tellStrays(strays, chosen));
  const plan = sealPlan({
    format: 1,
    createdAt: input.createdAt,
    canon: input.canon,
    workspace: input.workspace,
    commit: input.commit,
    unpushed: input.unpushed,
    configDigest: input.config.digest,
    parser: input.parser,
    selection: input.selection,
    targets: [...input.targets].map(([name, target]) => targetPlan(name, target, draft)),
    changes: draft.changes,
    observed: draft.observed,
    conflicts: draft.conflicts,
    questions: draft.questions,
    orphans: isWhole(input.selection) && !isUndo ? findOrphans(input, linked, new Set([...strays.all, ...unfinished.map(({ ticket }) => ticket)])) : [],
    leftOut: isUndo ? NOTHING_LEFT_OUT : countLeftOut(input),
    titles: titlesOf(input, draft),
    diagnostics: draft.diagnostics,
  });
  return { plan, items: byAddress, edits: draft.edits, adopted: draft.adopted };
}

/** A pattern that matches nothing looks like a quiet plan. */
function tellNoSpecs({ specs, config, diagnostics }: PlanInput): readonly Diagnostic[] {
  return specs.length > 0 || diagnostics.some(({ severity }) => severity === "error")
    ? []
    : [{ code: "no-specs", severity: "warning", message: `No spec matches ${config.specs.include.join(", ")}.` }];
}

class PlanDraft {
  readonly changes: Change[] = [];
  readonly observed: Change[] = [];
  readonly conflicts: Change[] = [];
  readonly questions: Question[] = [];
  readonly diagnostics: Diagnostic[];
  readonly inSync = new Map<string, number>();
  readonly alike: AlikeValues = new AlikeValues();
  readonly edits = new Map<string, SectionEdit>();
  readonly adopted = new Map<string, SpecStatus>();
  readonly sides: Sides;

  readonly workspace: string;

  constructor(input: PlanInput) {
    this.workspace = input.workspace;
    this.sides = sidesOf(input.selection);
    this.diagnostics = [...input.diagnostics];
  }

  /** What is given back. */
  take({ changes, edits, diagnostics }: Removals): void {
    this.changes.push(...changes);
    this.diagnostics.push(...diagnostics);
    for (const [address, edit] of edits) this.edits.set(address, edit);
  }

  add(item: CompiledItem, planned: Planned): void {
    const { change, observed, conflict } = planned;
    if (change) this.changes.push(change);
    if (observed) this.observed.push(observed);
    if (conflict) this.conflicts.push(conflict);
    if (!change && !observed && !conflict) this.inSync.set(item.target, (this.inSync.get(item.target) ?? 0) + 1);
  }
}

function createdIn({ changes }: PlanDraft): ReadonlySet<string> {
  return new Set(changes.flatMap(({ action, address }) => (action === "create" ? [address] : [])));
}

function hashesOf(items: ReadonlyMap<string, LinkedItem>): ReadonlyMap<string, string> {
  return new Map([...items].map(([address, { item }]) => [address, item.hash] as const));
}

function isPlanned(item: CompiledItem, { unchanged, targets }: PlanInput): boolean {
  return targets.get(item.target)?.followsMerged !== true || unchanged?.has(item.addressText) !== true;
}

/** What was asked for, and the parents that new tickets among it need. */
function chooseItems(linked: readonly LinkedItem[], byAddress: ReadonlyMap<string, LinkedItem>, input: PlanInput, draft: PlanDraft): readonly LinkedItem[] {
  // The section that stands around a new one was named, but not asked for.
  if (input.selection.decisions.some(({ kind }) => kind === "accept")) return linked.filter(({ item }) => input.accepted.has(item.addressText));
  if (isWhole(input.selection)) return linked;
  const selects = selector(input.selection);
  const chosen = new Set(linked.filter(({ item }) => selects(item.address, item.target)));
  for (const link of [...chosen]) {
    // An adopted ticket is there already, and stays where it stands: it needs no parent to be made.
    if (link.via === "adopt") continue;
    for (let above = parentOf(link, byAddress); above?.via === "none" && !chosen.has(above); above = parentOf(above, byAddress)) {
      chosen.add(above);
      const { item } = above;
      draft.diagnostics.push({
        code: "parent-selected",
        severity: "notice",
        place: { path: item.address.path, line: item.line },
        message: `"${item.fields.title}" is planned too: a section below it that was asked for needs it as its parent.`,
      });
    }
  }
  return linked.filter((link) => chosen.has(link));
}

function planItem(link: LinkedItem, byAddress: ReadonlyMap<string, LinkedItem>, input: PlanInput, draft: PlanDraft, isMoved: ReadonlySet<string>): void {
  const { item } = link;
  const target = input.targets.get(item.target);
  if (!target) return;
  // Where a move was cut short, going on with it is the question.
  const route = isMoved.has(item.addressText) ? null : routeQuestion(item, "ticket" in link ? link.ticket.base?.route : undefined);
  if (route) draft.questions.push(route);
  if (link.via === "stopped") {
    if (link.question) draft.questions.push(link.question);
    if (link.diagnostic) draft.diagnostics.push(link.diagnostic);
    return;
  }
  const { owners } = target.view.config;
  const place = owners.parent === "ignore" ? ON_ITS_OWN : parentPlace(link, byAddress, target.view, draft.alike);
  if (place.waits !== null) {
    draft.diagnostics.push(waiting(item, place.waits));
    return;
  }
  const { parent } = place;
  if (link.via === "none") {
    if (target.complete && input.selection.direction !== "back")
      draft.add(item, {
        change: createChange(item, parent, item.fields.status === null ? null : target.view.statuses.forward(item.fields.status), owners, draft.alike),
        observed: null,
        conflict: null,
      });
    return;
  }
  const { ticket } = link;
  const canceled = canceledQuestion(item, ticket);
  if (canceled) draft.questions.push(canceled);
  const text = specText(item, item.entry.section.name || item.fields.title, target.view, () => input.render(item));
  const ref = {
    parent: parent === null ? null : "key" in parent ? parent : ("new" as const),
    parentAddress: parent && "address" in parent ? parent.address : null,
  };
  const prefers = draft.sides(item.addressText);
  const compared = compareItem(item, ticket, { ...ref, text, view: target.view, prefers });
  if (compared.isSwallowed) draft.diagnostics.push(swallowedText(item, ticket));
  const level = target.view.convertsTypes
    ? null
    : levelQuestion(
        item,
        ticket,
        compared.push.find(({ field }) => field === "type"),
      );
  if (level) draft.questions.push(level);
  // An accepted ticket stays as people made it.
  const accepted = input.accepted.get(item.addressText);
  const push = withoutLevel(compared.push, item, ticket, parentOf(link, byAddress), target.view);
  const isLeft = hasLeft(item, ticket, input);
  if (isLeft && push.length > 0) draft.questions.push(leftQuestion(item, ticket));
  if (isLeft && push.length === 0) draft.diagnostics.push(leftNotice(item, ticket));
  const comparison = { ...compared, push: accepted || isLeft ? [] : push };
  const behind = ticket.base !== null && input.behind(ticket.base, item);
  const marker = link.via === "marker" ? null : link.via === "adopt" ? "adopted" : "marker-lost";
  const adoptedStatus =
    (link.via === "token" || link.via === "adopt") && prefers("status") !== "spec" ? pulledStatus(item.fields.status, ticket, target.view.statuses) : null;
  if (adoptedStatus !== null) draft.adopted.set(item.addressText, adoptedStatus);
  const { direction } = input.selection;
  const isLinkOnly = marker === "adopted" && prefers("title") === null;
  // The status that its marker gets needs no edit of its own.
  const left = adoptedStatus === null ? comparison : { ...comparison, pulled: comparison.pulled.filter(({ field }) => field !== "status") };
  const isForward = direction !== "back" && !behind;
  const writes = isForward && ((comparison.push.length > 0 && !isLinkOnly) || isMovedSince(ticket, item));
  const found = behind || isLinkOnly || direction === "forward" ? NOTHING_PULLED : planPull(item, ticket, left, input, draft);
  const pull = target.baseAlone || writes ? found : withoutNotes(found, prefers);
  const planned = ticketChanges(item, ticket, parent, comparison, {
    direction,
    isKeyNew: ticket.key !== item.key && !isLeft,
    isLeft,
    marker,
    adoptedStatus,
    isLinkOnly,
    behind,
    isTaken: input.selection.decisions.some((decision) => decision.kind === "taken" && decision.address === item.addressText),
    pull,
  });
  if (accepted?.edit) draft.edits.set(item.addressText, accepted.edit);
  draft.add(item, accepted && planned.change ? { ...planned, change: acceptChange(planned.change, ticket, accepted.lines) } : planned);
}

function isMovedSince({ base }: Ticket, { addressText }: CompiledItem): boolean {
  return base !== null && base.address !== addressText;
}

/** A key that no target owns would lead nowhere: the old one still finds the ticket. */
function hasLeft(item: CompiledItem, ticket: Ticket, { config }: PlanInput): boolean {
  return item.key !== null && ticket.key !== item.key && ownersOfKey(ticket.key, config).length === 0;
}

function leftNotice(item: CompiledItem, ticket: Ticket): Diagnostic {
  return {
    code: "ticket-left",
    severity: "notice",
    place: { path: item.address.path, line: item.line },
    message: `${item.key ?? "The ticket"} is ${ticket.key} now, in a project that no target of the configuration has. Its marker stays as it is.`,
  };
}

/** What cannot be written into the spec, and what nobody has verified, stays on the ticket and is told. */
function planPull(item: CompiledItem, ticket: Ticket, comparison: ItemComparison, input: PlanInput, draft: PlanDraft): Pulled {
  const view = input.targets.get(item.target)?.view;
  if (!view || comparison.pulled.length === 0) return NOTHING_PULLED;
  const verification = comparison.pulledStatus === "done" ? verificationOf(item, ticket, input) : null;
  if (verification?.question) draft.questions.push(verification.question);
  const wanted = comparison.pulled.filter(({ field }) => field !== "status" || (comparison.pulledStatus !== null && !verification?.question));
  const fieldsOf = (chosen: typeof wanted): Pulled["fields"] =>
    chosen.map((verdict) => {
      const field = pulledField(verdict, item, comparison);
      return verdict.field === "status" && verification?.note ? { ...field, note: verification.note } : field;
    });
  // Words that cannot be written into the spec keep a tick or a status from nobody.
  for (const chosen of [wanted, wanted.filter(({ field }) => field !== "body")]) {
    const edit = pullEdit(item, ticket, comparison, chosen, view.format);
    if (edit === null) return { fields: fieldsOf(chosen), edits: [] };
    const edited = input.editLines(item.spec.doc, edit);
    if (edited.ok) {
      draft.edits.set(item.addressText, edit);
      return { fields: fieldsOf(chosen), edits: edited.lines };
    }
    if (chosen === wanted) draft.diagnostics.push(edited.problem);
  }
  return NOTHING_PULLED;
}

function askUnfinished(unfinished: readonly UnfinishedMove[], chosen: readonly LinkedItem[], { selection }: PlanInput): readonly Question[] {
  const answered = new Set(selection.decisions.flatMap((decision) => (decision.kind === "move" ? [decision.address] : [])));
  const planned = new Set(chosen.map(({ item }) => item.addressText));
  return unfinished.filter(({ item }) => planned.has(item.addressText) && !answered.has(item.addressText)).map(unfinishedQuestion);
}

function targetPlan(name: string, target: TargetState, draft: PlanDraft): TargetPlan {
  const changes = draft.changes.filter((change) => change.target === name);
  return {
    name,
    system: target.view.config.system,
    project: target.view.config.project,
    identity: target.identity,
    complete: target.complete,
    applyable: target.blocked === null,
    why: target.blocked?.message ?? null,
    whyCode: target.blocked?.code ?? null,
    inSync: draft.inSync.get(name) ?? 0,
    elsewhere: target.tickets.filter((ticket) => ticket.base !== null && ticket.base.workspace !== draft.workspace).length,
    account: target.account,
    estimate: estimateOf(changes, {
      batch: target.batch,
      baseAlone: target.baseAlone,
      embedded: !target.followsMerged,
      creationsPerHour: target.limits.creationsPerHour,
      reads: target.requests,
    }),
  };
}

/** Managed tickets of this workspace that no section has, and no question is about: told, never touched. */
function findOrphans(input: PlanInput, linked: readonly LinkedItem[], told: ReadonlySet<Ticket>): readonly Orphan[] {
  if (!input.allRead) return [];
  const named = new TargetMap<true>();
  // Where tickets follow merged specs, the section of a claim may stand on another branch.
  for (const { target, key } of input.claims) if (input.targets.get(target)?.followsMerged !== false) named.set(target, key, true);
  for (const link of linked) for (const key of keysOf(link)) named.set(link.item.target, key, true);
  const isLoose = (name: string, ticket: Ticket): boolean =>
    !named.has(name, ticket.key) && ticket.base?.workspace === input.workspace && !ticket.base.released && !told.has(ticket) && !isClosed(ticket.category);
  const loose = [...input.targets].flatMap(([name, target]) =>
    target.discovered ? target.tickets.filter((ticket) => isLoose(name, ticket)).map((ticket) => ({ name, target, ticket })) : [],
  );
  if (loose.length === 0) return [];
  const written = writtenTickets(input);
  return loose
    .filter(({ target, ticket }) => !written.has(ticketToken(target.view.config.system, ticket.key)))
    .map(({ name, ticket }) => ({ target: name, key: ticket.key, title: ticket.title, address: ticket.base?.address ?? "" }));
}

/** Every ticket that stands anywhere in the specs, whether its section is planned or not. */
function writtenTickets({ specs }: PlanInput): ReadonlySet<string> {
  const written = new Set<string>();
  for (const { doc } of specs) {
    for (const { ticket } of doc.sections) if (ticket) written.add(ticketToken(ticket.system, ticket.key));
    for (const { system, key } of doc.removed) written.add(ticketToken(system, key));
  }
  return written;
}

/** The ticket it has; else the one that its marker names, and the one that a question is about. */
function keysOf(link: LinkedItem): readonly string[] {
  if ("ticket" in link) return [link.ticket.key];
  const asked = link.via === "stopped" ? link.question?.key : null;
  return [link.item.key, asked].filter((key) => key !== null && key !== undefined);
}

/** Of the specs that something is told about. */
function titlesOf(input: PlanInput, draft: PlanDraft): Readonly<Record<string, string>> {
  const told = new Set<string | undefined>();
  for (const list of [draft.changes, draft.conflicts, draft.questions]) for (const { address } of list) told.add(parseAddress(address ?? "")?.path);
  return Object.fromEntries(input.specs.flatMap(({ doc }) => (told.has(doc.path) ? [[doc.path, doc.sections[0]?.title ?? doc.path]] : [])));
}

const NOTHING_LEFT_OUT: LeftOut = { done: 0, deprecated: 0, status: 0, createOff: 0 };

function countLeftOut(input: PlanInput): LeftOut {
  const reasons = input.specs.flatMap((spec) => spec.sections.flatMap(({ reason }) => (reason === null ? [] : [reason])));
  const count = (wanted: string): number => reasons.filter((reason) => reason === wanted).length;
  return { done: count("done"), deprecated: count("deprecated"), status: count("create-when"), createOff: count("create-off") };
}
