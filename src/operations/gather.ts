/** Gathers what a plan is made of: specs, tickets, claims, where the specs come from. Reads only. */

import { freshTickets } from "../core/plan/fresh-tickets.ts";
import { compileItems, type CompiledItem, type TargetShape } from "../core/plan/compile-items.ts";
import { compileSpec, type CompiledSpec } from "../core/plan/compile-spec.ts";
import { concerns } from "../core/plan/selection.ts";
import type { MadePlan } from "../core/plan/make-plan.ts";
import { statusNames } from "../core/plan/status-names.ts";
import { tombstoneKeys } from "../core/plan/tombstones.ts";
import type { PlanInput, TargetState } from "../core/plan/plan-input.ts";
import type { Claim } from "../core/model/claim.ts";
import type { Decision } from "../core/model/decision.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Selection } from "../core/model/plan.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import { renderBody } from "../core/spec/body.ts";
import { parseWithKeys } from "./parse-with-keys.ts";
import { filesUrl } from "../core/text/forge-url.ts";
import { CANON_VERSION } from "../core/version.ts";
import { readPending } from "./pending.ts";
import { behindJudge, isPathUnpushed, readOrigin, type SpecOrigin } from "./read-origin.ts";
import type { acceptTickets as AcceptTickets } from "./accept-tickets.ts";
import type { editLines as EditLines } from "./edit-lines.ts";
import { findTickets } from "./find-tickets.ts";
import { checkAddresses } from "./check-addresses.ts";
import { readSpecs, type ReadSpecs } from "./read-specs.ts";
import { keysIn, readUndo } from "./read-undo.ts";
import { openTargets, readTarget, type OpenTarget, type OpenTargets } from "./read-targets.ts";
import type { Turns } from "./turns/open-turns.ts";
import { targetProblems } from "./target-problems.ts";
import { withVerifier } from "./verify-closed.ts";
import type { Workspace } from "./workspace.ts";

export interface GatherOptions {
  readonly selection: Selection;
  readonly anyBranch: boolean;
  readonly onProgress?: (text: string) => void;
  /** Aborted: nothing that takes long is begun any more. */
  readonly signal?: AbortSignal;
  /** The selection is that of a saved plan: whether its sections are still there is for the plan to tell. */
  readonly isSaved?: boolean;
  /** What a run that will write has opened already. */
  readonly turns?: Turns;
}

export interface Gathered {
  readonly made: MadePlan;
  readonly input: PlanInput;
  readonly targets: ReadonlyMap<string, OpenTarget>;
  readonly origin: SpecOrigin;
  readonly docs: ReadonlyMap<string, SpecDocument>;
  /** The items of documents that were edited since, by address. */
  readonly compile: (docs: readonly SpecDocument[]) => ReadonlyMap<string, CompiledItem>;
  readonly close: () => Promise<void>;
}

export async function gather(workspace: Workspace, options: GatherOptions): Promise<Gathered> {
  const { selection } = options;
  const [specs, opened] = await Promise.all([
    readSpecs(workspace, (read, of) => options.onProgress?.(`reading specs ${read}/${of}`)),
    openTargets(workspace, selection.targets),
  ]);
  const close = async (): Promise<void> => void (await Promise.all([...opened.targets.values()].map(({ tracker }) => tracker.close())));
  try {
    if (options.isSaved !== true) await checkAddresses(workspace, selection, specs);
    return { ...(await gatherFrom(workspace, options, specs, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function gatherFrom(workspace: Workspace, options: GatherOptions, specs: ReadSpecs, opened: OpenTargets): Promise<Omit<Gathered, "close">> {
  const { selection } = options;
  const remoteTargets = [...opened.targets.values()].some(({ tracker }) => !tracker.capabilities.embedded);
  const origin = await readOrigin(workspace, { remoteTargets, anyBranch: options.anyBranch });
  const compileWith = (docs: readonly SpecDocument[]): Compiled => compileAll(docs, workspace, selection, origin.workspace, opened.targets);
  const before = compileWith(specs.docs);
  const asMarked = isFreshAsked(selection) ? compileAll(specs.docs, workspace, { ...selection, decisions: [] }, origin.workspace, opened.targets).items : null;
  const { claims, inDoubt } = await readPending(workspace, opened.targets, options.turns ?? null);
  const undo = await readUndo(workspace, selection, opened.targets);
  const moreKeys = (name: string): readonly string[] => [...tombstoneKeys(specs.docs, workspace.config, name), ...keysIn(undo?.created ?? [], name)];
  const states = await readStates(opened.targets, asMarked ?? before.items, claims, origin, options, workspace, moreKeys);
  const targets = new Map(states.map(({ name, state }) => [name, state] as const));
  const { acceptTickets, editLines } = await loadEditing(selection);
  const acceptance = acceptTickets(selection.decisions, {
    workspace: origin.workspace,
    parser: workspace.parser,
    config: workspace.config,
    specs: before.specs,
    targets,
  });
  const {
    specs: compiled,
    items,
    diagnostics,
  } = acceptance.docs.size === 0 ? before : compileWith(specs.docs.map((doc) => acceptance.docs.get(doc.path) ?? doc));
  const behind = await behindJudge(
    origin,
    states.flatMap(({ state }) => state.tickets.flatMap(({ base }) => base ?? [])),
  );
  const unchanged = origin.blocked === null ? null : await unchangedSections(workspace, origin, items, compileWith);
  const unreachable = [...opened.unreachable].filter(([name]) => needs(compiled, name)).map(([, diagnostic]) => diagnostic);
  const gathered: PlanInput = {
    canon: CANON_VERSION,
    createdAt: workspace.clock.now().toISOString(),
    ...{ workspace: origin.workspace, commit: origin.commit, unpushed: specs.docs.some(({ path }) => isPathUnpushed(origin, path)) },
    parser: workspace.parser.name,
    config: workspace.config,
    selection,
    specs: compiled,
    allRead: specs.allRead,
    items,
    asMarked: asMarked ?? items,
    targets,
    accepted: acceptance.accepted,
    undo,
    claims,
    inDoubt,
    diagnostics: [
      ...workspace.diagnostics,
      ...unreachable,
      ...specs.diagnostics,
      ...compiled.flatMap((spec) => spec.diagnostics),
      ...diagnostics,
      ...origin.diagnostics,
      ...states.flatMap((read) => read.diagnostics),
      ...acceptance.diagnostics,
    ].filter(concerns(selection, specs.docs)),
    render: (item) => renderItem(item, workspace, origin),
    editLines: (doc, edit) => editLines(doc, edit, workspace),
    verified: new Map(),
    behind,
    unchanged,
  };
  const { made, input } = await withVerifier(gathered, workspace, options);
  workspace.log.say(
    "plan",
    () => `${specs.docs.length} specs, ${items.length} items, ${made.plan.changes.length} changes, digest ${made.plan.digest.slice(0, 12)}`,
  );
  return {
    made,
    input,
    targets: opened.targets,
    origin,
    docs: new Map(before.specs.map(({ doc }) => [doc.path, doc] as const)),
    compile: (docs) =>
      new Map(compileWith(docs.map(({ path, text }) => parseWithKeys(path, text, workspace))).items.map((item) => [item.addressText, item] as const)),
  };
}

interface Editing {
  readonly acceptTickets: typeof AcceptTickets;
  readonly editLines: typeof EditLines;
}

/** What edits specs is loaded only where somebody asks for it: most plans do not, and shall be there at once. */
async function loadEditing({ direction, decisions }: Selection): Promise<Editing> {
  if (direction === "forward" && decisions.length === 0) return NO_EDITING;
  const [{ acceptTickets }, { editLines }] = await Promise.all([import("./accept-tickets.ts"), import("./edit-lines.ts")]);
  return { acceptTickets, editLines };
}

const NO_EDITING: Editing = {
  acceptTickets: () => ({ docs: new Map(), accepted: new Map(), diagnostics: [] }),
  editLines: ({ path }) => {
    throw new Error(`a plan for apply would edit ${path}`);
  },
};

/** The Markdown blocks of an item's body. */
export function renderItem(item: CompiledItem, workspace: Pick<Workspace, "parser" | "config">, { repository }: SpecOrigin): readonly string[] {
  const linkBase = repository?.remote ? filesUrl(repository.remote.url, repository.prefix) : null;
  return renderBody(item.spec.doc, item.sections, workspace.parser, { linkBase, mentions: workspace.config.mentions });
}

interface Compiled {
  readonly specs: readonly CompiledSpec[];
  readonly items: readonly CompiledItem[];
  readonly diagnostics: readonly Diagnostic[];
}

function compileAll(
  docs: readonly SpecDocument[],
  { config }: Workspace,
  { includeDone, decisions }: Selection,
  workspace: string,
  targets: ReadonlyMap<string, OpenTarget>,
): Compiled {
  const adopted = new Set(decisions.flatMap((one) => (one.kind === "adopt" ? [one.address] : [])));
  const fresh = freshTickets(decisions, config);
  const specs = docs.map((doc) =>
    compileSpec(doc, config, { includeDone, adopted, fresh, defaultTypes: (target) => targets.get(target.name)?.project.defaultTypes ?? null }),
  );
  const shapes = new Map([...targets].map(([name, target]) => [name, shapeOf(target)] as const));
  const compilations = specs.map((spec) => compileItems(spec, workspace, ({ name }) => shapes.get(name) ?? null));
  return { specs, items: compilations.flatMap(({ items }) => items), diagnostics: compilations.flatMap((compilation) => compilation.diagnostics) };
}

function shapeOf(target: OpenTarget): TargetShape {
  const { tracker, project } = target;
  return {
    identity: tracker.identity,
    types: tracker.capabilities.types ? project.types : null,
    typeOrder: typeOrder(target),
    nesting: project.nesting,
    blockedLabel: blockedLabel(target),
    titleLimit: tracker.capabilities.titleLimit,
    bodyLimit: tracker.capabilities.bodyLimit,
  };
}

/** The configuration's own types by depth, else the project's. */
function typeOrder({ config, project }: OpenTarget): readonly string[] {
  return config.hierarchy ? [...config.hierarchy].sort(([a], [b]) => a - b).map(([, type]) => type) : project.defaultTypes;
}

/** Where no status says so, a label does. */
function blockedLabel({ config, project }: OpenTarget): string | null {
  return statusNames(config.statusMap, project).forward("blocked") === null ? "blocked" : null;
}

/** On another branch than the default one only sections that differ from the merge base are planned: the rest is not this branch's business. */
async function unchangedSections(
  workspace: Workspace,
  { repository }: SpecOrigin,
  items: readonly CompiledItem[],
  compile: (docs: readonly SpecDocument[]) => Compiled,
): Promise<ReadonlySet<string> | null> {
  const changed = await repository?.changedSinceMergeBase(workspace.config.specs.include);
  if (!repository || !changed) return null;
  const decode = new TextDecoder();
  const before = await Promise.all(
    changed.paths.map(async (path) => {
      const bytes = await repository.readAt(changed.commit, path);
      return bytes ? parseWithKeys(path, decode.decode(bytes), workspace) : null;
    }),
  );
  const known = new Map(compile(before.filter((doc) => doc !== null)).items.map((item) => [item.addressText, item.hash] as const));
  const touched = new Set(changed.paths);
  return new Set(items.filter((item) => !touched.has(item.address.path) || known.get(item.addressText) === item.hash).map((item) => item.addressText));
}

async function readStates(
  targets: ReadonlyMap<string, OpenTarget>,
  items: readonly CompiledItem[],
  claims: readonly Claim[],
  origin: SpecOrigin,
  options: GatherOptions,
  workspace: Workspace,
  moreKeys: (target: string) => readonly string[],
): Promise<readonly { readonly name: string; readonly state: TargetState; readonly diagnostics: readonly Diagnostic[] }[]> {
  return Promise.all(
    [...targets].map(async ([name, target]) => {
      options.onProgress?.(`reading ${name}`);
      const asked = options.selection.decisions.flatMap((decision) => askedKey(decision, name));
      const keys = [...items.flatMap((item) => (item.target === name && item.key !== null ? [item.key] : [])), ...asked, ...moreKeys(name)];
      const blocked = target.tracker.capabilities.embedded || options.anyBranch ? null : origin.blocked;
      const read = await readTarget(
        target,
        keys,
        claims.filter((claim) => claim.target === name),
        blocked,
        await targetProblems(target, workspace, origin.repository?.remote?.url ?? null),
      );
      const { found, requests, diagnostics } = await findTickets(target, read.state, origin.workspace, options.selection);
      return { name, state: { ...read.state, found, requests: read.state.requests + requests }, diagnostics: [...read.diagnostics, ...diagnostics] };
    }),
  );
}

/** Of tickets that no marker names yet. */
function askedKey(decision: Decision, target: string): readonly string[] {
  switch (decision.kind) {
    case "adopt":
      return [decision.key];
    case "accept":
      return decision.target === target ? [decision.key] : [];
    case "keep":
    case "move":
    case "recreate":
    case "taken":
    case "undo":
      return [];
  }
}

/** True where sections get other tickets than their markers name, which must still be read. */
function isFreshAsked({ decisions }: Selection): boolean {
  return decisions.some(({ kind }) => kind === "move" || kind === "recreate");
}

function needs(specs: readonly CompiledSpec[], name: string): boolean {
  return specs.some((spec) => spec.sections.some((entry) => entry.reason === null && entry.target?.name === name));
}
