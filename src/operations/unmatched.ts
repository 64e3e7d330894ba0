/** Both sides of adopting, read from specs and targets: sections without a ticket, and tickets that people made and no section names. */

import { printAddress } from "../core/address.ts";
import type { SectionToMatch, TicketToMatch } from "../core/adopt/match-evidence.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { NotItemReason } from "../core/model/list-report.ts";
import type { Selection } from "../core/model/plan.ts";
import type { Ticket } from "../core/model/ticket.ts";
import { compileSpec, type CompiledSection, type CompiledSpec } from "../core/plan/compile-spec.ts";
import { isClosed } from "../core/plan/is-closed.ts";
import { isCopy, nameOriginals } from "../core/plan/copies.ts";
import { selector } from "../core/plan/selection.ts";
import type { TextFormat } from "../core/text/text-format.ts";
import { readSpecs, type ReadSpecs } from "./read-specs.ts";
import { openTargets, type OpenTarget, type OpenTargets } from "./read-targets.ts";
import type { Workspace } from "./workspace.ts";

export interface AdoptableSpecs {
  readonly read: ReadSpecs;
  readonly compiled: readonly CompiledSpec[];
  readonly opened: OpenTargets;
  readonly close: () => Promise<void>;
}

/** What is done already may have a ticket from before Canon. */
export async function readAdoptable(workspace: Workspace, targets: readonly string[], onProgress?: (text: string) => void): Promise<AdoptableSpecs> {
  const [read, opened] = await Promise.all([readSpecs(workspace, (done, of) => onProgress?.(`reading specs ${done}/${of}`)), openTargets(workspace, targets)]);
  const defaultTypes = ({ name }: { readonly name: string }): readonly string[] | null => opened.targets.get(name)?.project.defaultTypes ?? null;
  const compiled = read.docs.map((doc) => compileSpec(doc, workspace.config, { includeDone: true, defaultTypes }));
  const close = async (): Promise<void> => void (await Promise.all([...opened.targets.values()].map(({ tracker }) => tracker.close())));
  return { read, compiled, opened, close };
}

/** True for sections that have a ticket, get one, or would get one if only creating were allowed. */
export function canBeTicket({ reason, target }: Pick<CompiledSection, "reason" | "target">): boolean {
  return target !== null && (reason === null || CREATED_ONLY.has(reason));
}

/** Reasons against a new ticket, not against one that is there. */
const CREATED_ONLY: ReadonlySet<NotItemReason> = new Set(["done", "create-when", "create-off"]);

export function sectionsToMatch(specs: readonly CompiledSpec[], selection: Selection): readonly SectionToMatch[] {
  const chosen = selector(selection);
  return specs.flatMap((spec) =>
    spec.sections.flatMap((entry) => {
      const { section, target } = entry;
      const address = { path: spec.doc.path, id: section.id };
      if (!target || section.ticket !== null || !canBeTicket(entry) || !chosen(address, target.name)) return [];
      return [
        {
          ...{ target: target.name, address: printAddress(address), title: section.name || section.title },
          ...{ around: aroundOf(spec, entry), parent: parentOf(spec, entry), criteria: entry.criteria.map(({ text }) => text), text: textOf(spec, entry) },
        },
      ];
    }),
  );
}

function aroundOf({ doc }: CompiledSpec, { section }: CompiledSection): readonly string[] {
  const titles: string[] = [];
  for (let above = doc.sections[section.parent]; above; above = doc.sections[above.parent]) titles.push(above.name || above.title);
  return [...titles, doc.path.replace(/\.[^./]*$/, "")];
}

function parentOf(spec: CompiledSpec, { parent }: CompiledSection): SectionToMatch["parent"] {
  const above = spec.sections[parent]?.section;
  return above ? { key: above.ticket?.key ?? null, title: above.name || above.title } : null;
}

function textOf({ doc }: CompiledSpec, { body }: CompiledSection): string {
  const blocks = body.flatMap((index) => doc.sections[index]?.blocks ?? []);
  return blocks.map(({ rest, start, end }) => rest ?? doc.text.slice(start, end)).join("\n");
}

export interface UnmappedTickets {
  readonly tickets: readonly TicketToMatch[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All that are not archived, closed ones too; those that carry a mark of Canon are somebody's already, unless a person copied it. */
export async function ticketsToMatch({ config, tracker }: OpenTarget, specs: readonly CompiledSpec[]): Promise<UnmappedTickets> {
  const { tickets: read, complete } = await tracker.read({ project: true });
  const tickets = nameOriginals(read);
  const named = new Set(
    specs.flatMap(({ sections }) => sections.flatMap(({ section, target }) => (target?.name === config.name ? (section.ticket?.key ?? []) : []))),
  );
  const titles = new Map(tickets.map(({ key, title }) => [key, title] as const));
  const unmapped = tickets.filter((ticket) => !named.has(ticket.key) && isNobodys(ticket));
  return {
    tickets: unmapped.map((ticket) => toMatch(ticket, config.name, titles, tracker.format)),
    diagnostics: complete
      ? []
      : [
          {
            code: "tracker-unreachable",
            severity: "warning",
            message: `Not all tickets of ${config.name} could be read, so suggestions are missing.`,
            hint: "Run the command again.",
          },
        ],
  };
}

function isNobodys(ticket: Ticket): boolean {
  const { base, token } = ticket;
  return base === null ? token === null : base.released || isCopy(ticket);
}

function toMatch(ticket: Ticket, target: string, titles: ReadonlyMap<string, string>, format: TextFormat): TicketToMatch {
  const { key, title, parent, category, body } = ticket;
  const { blocks, criteria } = format.parse(body);
  const text = blocks.map((block) => format.markdownOf(block)).join("\n\n");
  return {
    ...{ target, key, title, text, closed: isClosed(category) },
    parent: parent === null ? null : { key: parent, title: titles.get(parent) ?? null },
    criteria: [...criteria.map((one) => one.text), ...tasksOf(text)],
  };
}

/** People write criteria wherever they like. */
function tasksOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^\s*[-*+] \[[ xX]\] (.+)$/gm), ([, words = ""]) => words);
}
