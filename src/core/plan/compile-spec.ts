/** One spec compiled offline: its target, and for every section what it would be there or why it is nothing. */

import { printAddress } from "../address.ts";
import { routeSpec } from "../config/route.ts";
import type { Config, TargetConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { NotItemReason } from "../model/list-report.ts";
import type { Criterion, Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { SpecStatus } from "../model/status.ts";
import { withDocumentItem } from "../spec/document-item.ts";
import { selectSections, type SectionChoice } from "../spec/select-sections.ts";
import { levelsOf, type Levels } from "./default-hierarchy.ts";
import { freshTarget, type FreshTickets } from "./fresh-tickets.ts";
import { ownerOfKey } from "./key-owner.ts";

export interface CompiledSection {
  readonly section: Section;
  /** null: it has or gets a ticket. */
  readonly reason: NotItemReason | null;
  /** Where its ticket is or will be; null without a target. */
  readonly target: TargetConfig | null;
  /** Where routing would send it: another target than its marker's is a question. */
  readonly routed: TargetConfig | null;
  readonly type: string | null;
  readonly status: SpecStatus;
  /** Index of the nearest enclosing section of the same target that has or gets a ticket; -1 without one. */
  readonly parent: number;
  /** Index of the enclosing one in another target, when that is nearer; -1 without one. */
  readonly foreignParent: number;
  readonly criteria: readonly Criterion[];
  /** Sections whose blocks make its body. */
  readonly body: readonly number[];
  /** The ticket that its marker names, where a decision gives it another one; null elsewhere. */
  readonly left: LeftTicket | null;
}

export interface LeftTicket {
  readonly target: TargetConfig;
  readonly key: string;
}

export interface CompiledSpec {
  readonly doc: SpecDocument;
  readonly target: TargetConfig | null;
  /** One per section, in document order. */
  readonly sections: readonly CompiledSection[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileOptions {
  readonly includeDone: boolean;
  /** Addresses of sections whose ticket a person names: what speaks against a new ticket does not speak against one that is there. */
  readonly adopted?: ReadonlySet<string>;
  /** Types a target uses by depth, when it has been asked; offline its system's usual ones serve. */
  readonly defaultTypes: (target: TargetConfig) => readonly string[] | null;
  /** Sections, by address, that get another ticket than their marker names; absent: none. */
  readonly fresh?: FreshTickets;
}

export function compileSpec(parsed: SpecDocument, config: Config, options: CompileOptions): CompiledSpec {
  const route = routeSpec(config, parsed);
  const routed = route.target;
  const levels = routed ? levelsOf(routed, options.defaultTypes(routed)) : null;
  const doc = withDocumentItem(parsed, levels?.depths ?? new Set());
  const { choices, homeless } = selectSections(doc, {
    rule: config.specs.sections,
    excludeHeadings: config.specs.excludeHeadings,
    depths: levels?.depths ?? new Set([2, 3, 4]),
  });
  const diagnostics: Diagnostic[] = [...doc.diagnostics, ...homeless.map((criterion) => homelessCriterion(doc, criterion))];
  const sections: CompiledSection[] = [];
  for (const section of doc.sections) {
    const choice = choices[section.index];
    if (choice) sections.push(compileSection(section, choice, { doc, config, options, routed, levels, sections, diagnostics }));
  }
  if (!routed && "diagnostic" in route && route.diagnostic && sections.some((entry) => entry.reason === "no-route")) diagnostics.push(route.diagnostic);
  return { doc, target: routed, sections, diagnostics };
}

interface Context {
  readonly doc: SpecDocument;
  readonly config: Config;
  readonly options: CompileOptions;
  readonly routed: TargetConfig | null;
  readonly levels: Levels | null;
  /** Those compiled so far: every enclosing section is among them. */
  readonly sections: readonly CompiledSection[];
  readonly diagnostics: Diagnostic[];
}

function compileSection(section: Section, choice: SectionChoice, context: Context): CompiledSection {
  const { config, options, routed, doc } = context;
  const status = section.status ?? doc.frontMatter.status ?? config.specs.defaultStatus ?? "draft";
  const marked = section.ticket && choice.item ? targetOfMarker(section, context) : null;
  const fresh = marked && options.fresh ? freshTarget(options.fresh, addressOf(doc, section), marked) : null;
  const target = fresh ?? (section.ticket ? marked : routed);
  const unmarked = target && isAdopted(doc, section, options) ? null : reasonAgainst(target, status, choice, config, options);
  const reason = choice.reason ?? (section.ticket ? (marked ? null : "stopped") : unmarked);
  const { parent, foreignParent, stopped } = parentOf(section, target, context.sections);
  const levels = target && target !== routed ? levelsOf(target, options.defaultTypes(target)) : context.levels;
  return {
    section,
    // Below a section that is stopped nobody can say where a ticket belongs: moving it away would be worse than waiting.
    reason: reason === null && stopped ? "stopped" : reason,
    target,
    routed,
    type: levels?.typeOf(section.depth) ?? null,
    status,
    parent: target?.autoParent === false ? -1 : parent,
    foreignParent,
    criteria: choice.criteria,
    body: choice.bodySections,
    left: fresh && marked && section.ticket ? { target: marked, key: section.ticket.key } : null,
  };
}

function isAdopted(doc: SpecDocument, section: Section, { adopted }: CompileOptions): boolean {
  return adopted !== undefined && adopted.size > 0 && adopted.has(addressOf(doc, section));
}

/** Why a section that is an item gets no ticket; null when it gets one. */
function reasonAgainst(target: TargetConfig | null, status: SpecStatus, choice: SectionChoice, config: Config, options: CompileOptions): NotItemReason | null {
  if (!target) return "no-route";
  if (status === "deprecated") return "deprecated";
  const done = status === "done" || (choice.criteria.length > 0 && choice.criteria.every((criterion) => criterion.checked));
  if (done) return options.includeDone ? null : "done";
  if (!config.createWhen.includes(status)) return "create-when";
  return config.specs.autoTickets && target.createTickets ? null : "create-off";
}

function targetOfMarker(section: Section, context: Context): TargetConfig | null {
  if (!section.ticket) return null;
  const owner = ownerOfKey(section.ticket, context.config);
  const named = `${section.ticket.system}:${section.ticket.key}`;
  const place = { path: context.doc.path, line: section.heading?.line ?? 1 };
  switch (owner.state) {
    case "owned":
      return owner.target;
    case "nobody":
      context.diagnostics.push({
        code: "marker-without-target",
        severity: "error",
        place,
        message: `The marker names ${named}, but no target of the configuration has that project.`,
      });
      return null;
    case "ambiguous": {
      const names = owner.targets.map((target) => target.name).join(" and ");
      context.diagnostics.push({ code: "marker-ambiguous", severity: "error", place, message: `The marker names ${named}, which ${names} could both own.` });
      return null;
    }
  }
}

interface Above {
  readonly parent: number;
  readonly foreignParent: number;
  /** A section on the way up is stopped. */
  readonly stopped: boolean;
}

function parentOf(section: Section, target: TargetConfig | null, sections: readonly CompiledSection[]): Above {
  let foreignParent = -1;
  for (let above = sections[section.parent]; above; above = sections[above.section.parent]) {
    const { index } = above.section;
    if (above.reason === "stopped") return { parent: -1, foreignParent, stopped: true };
    if (above.reason !== null) continue;
    if (above.target === target) return { parent: index, foreignParent, stopped: false };
    if (foreignParent < 0) foreignParent = index;
  }
  return { parent: -1, foreignParent, stopped: false };
}

function homelessCriterion(doc: SpecDocument, criterion: Criterion): Diagnostic {
  return {
    code: "criterion-homeless",
    severity: "warning",
    place: { path: doc.path, line: criterion.line },
    message: `The criterion "${criterion.text}" belongs to no section that gets a ticket.`,
  };
}

/** The address of a compiled section. */
export function addressOf(doc: SpecDocument, section: Section): string {
  return printAddress({ path: doc.path, id: section.id });
}
