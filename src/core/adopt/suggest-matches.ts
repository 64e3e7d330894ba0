/** Suggests which ticket that people made belongs to which section: candidates with what speaks for them, never answers. */

import type { Match } from "../model/match.ts";
import { EvidenceFinder, type SectionToMatch, type TicketToMatch } from "./match-evidence.ts";
import { wordsOf } from "./title-grams.ts";
import { TitleIndex, type TitleHit } from "./title-index.ts";

export interface SuggestOptions {
  /** Pairs with a lower score are no suggestion. */
  readonly least?: number;
  /** Rows of one section. */
  readonly most?: number;
}

const LEAST = 40;
const MOST = 4;
/** Scores as near as this do not decide: both are listed. */
const NEAR = 5;
/** What the titles count for; the rest is for everything else. */
const TITLE = 0.75;
/** Candidates of a section that are looked at beyond their titles. */
const CLOSEST = 8;
/** The same where more of them have equal titles. */
const MOST_EQUAL = 40;

interface Pair {
  readonly section: SectionToMatch;
  readonly ticket: TicketToMatch;
  readonly score: number;
  readonly words: readonly string[];
}

/**
 * Of every section the best ticket that no other section has a better claim on, then all that are about as good; the
 * surest sections first. After them the sections and the tickets that nothing fits.
 */
export function suggestMatches(sections: readonly SectionToMatch[], tickets: readonly TicketToMatch[], options: SuggestOptions = {}): readonly Match[] {
  const { least = LEAST, most = MOST } = options;
  const ticketsOf = Map.groupBy(tickets, ({ target }) => target);
  const pairs = [...Map.groupBy(sections, ({ target }) => target)].flatMap(([target, ours]) => pairsOf(ours, ticketsOf.get(target) ?? []));
  const ranked = inRank(
    pairs.filter(({ score }) => score >= least),
    sections,
    tickets,
  );
  const firsts = firstPairs(ranked);
  const rows = rowsOf(ranked, firsts, most);
  const [matched, near] = [sidesOf(rows), sidesOf(ranked)];
  return [
    ...rows.map((pair) => matchOf(pair, firsts)),
    ...sections.filter((section) => !matched.has(section)).map((section) => sectionAlone(section, near.has(section))),
    ...tickets.filter((ticket) => !matched.has(ticket)).map((ticket) => ticketAlone(ticket, near.has(ticket))),
  ];
}

function pairsOf(sections: readonly SectionToMatch[], tickets: readonly TicketToMatch[]): readonly Pair[] {
  const index = new TitleIndex(
    tickets.map(({ title }) => title),
    sections.map(({ title }) => title),
  );
  const finder = new EvidenceFinder();
  return sections.flatMap((section) => {
    const hits = index.alike(section.title, section.around.join(" ")).toSorted((a, b) => b.likeness - a.likeness || a.ticket - b.ticket);
    // Equals of the last one are looked at as well: twenty tickets of one name differ in what stands in them.
    const worst = (hits[CLOSEST - 1]?.likeness ?? 0) - Number.EPSILON;
    const closest = hits.slice(0, MOST_EQUAL).filter(({ likeness }) => likeness >= worst);
    return closest.flatMap((hit) => pairOf(section, tickets[hit.ticket], hit, finder));
  });
}

function pairOf(section: SectionToMatch, ticket: TicketToMatch | undefined, { likeness, saysWhere }: TitleHit, finder: EvidenceFinder): readonly Pair[] {
  if (!ticket) return [];
  const evidence = finder.find(section, ticket);
  const beside = Math.min(1, evidence.weight + (saysWhere ? 0.3 : 0));
  const words = [
    titleWords(section, ticket, likeness),
    ...(saysWhere ? ["names what is around it"] : []),
    ...evidence.words,
    ...(ticket.closed ? ["closed"] : []),
  ];
  return [{ section, ticket, score: Math.round(100 * (TITLE * Math.min(1, likeness) + (1 - TITLE) * beside)), words }];
}

function titleWords(section: SectionToMatch, ticket: TicketToMatch, likeness: number): string {
  const [ours, theirs] = [wordsOf(section.title), new Set(wordsOf(ticket.title))];
  if (likeness >= 0.999) return "same title";
  const common = [...new Set(ours)].filter((word) => theirs.has(word));
  return common.length === 0 ? "similar title" : `title shares ${common.slice(0, 4).join(", ")}`;
}

/** Best first. An open ticket before a closed one, then as they stand: the same input gives the same rows. */
function inRank(pairs: readonly Pair[], sections: readonly SectionToMatch[], tickets: readonly TicketToMatch[]): readonly Pair[] {
  const sectionAt = new Map(sections.map((section, at) => [section, at] as const));
  const ticketAt = new Map(tickets.map((ticket, at) => [ticket, at] as const));
  const at = <T>(places: ReadonlyMap<T, number>, one: T): number => places.get(one) ?? 0;
  return pairs.toSorted(
    (a, b) =>
      b.score - a.score ||
      Number(a.ticket.closed) - Number(b.ticket.closed) ||
      at(sectionAt, a.section) - at(sectionAt, b.section) ||
      at(ticketAt, a.ticket) - at(ticketAt, b.ticket),
  );
}

/** A ticket is the first suggestion of one section at most: of the one with the best claim on it. */
function firstPairs(ranked: readonly Pair[]): ReadonlyMap<SectionToMatch | TicketToMatch, Pair> {
  const firsts = new Map<SectionToMatch | TicketToMatch, Pair>();
  for (const pair of ranked) {
    if (firsts.has(pair.section) || firsts.has(pair.ticket)) continue;
    firsts.set(pair.section, pair);
    firsts.set(pair.ticket, pair);
  }
  return firsts;
}

/** Grouped by section, in the order of their best. The first suggestion leads; after it what nearly ties with it, and has as good a claim on its ticket. */
function rowsOf(ranked: readonly Pair[], firsts: ReadonlyMap<SectionToMatch | TicketToMatch, Pair>, most: number): readonly Pair[] {
  const near = (pair: Pair, first: Pair | undefined): boolean => first === undefined || pair.score >= first.score - NEAR;
  return [...Map.groupBy(ranked, ({ section }) => section)].flatMap(([section, group]) => {
    const first = firsts.get(section);
    const others = group.filter((pair) => pair !== first && near(pair, first ?? group[0]) && near(pair, firsts.get(pair.ticket)));
    return [...(first ? [first] : []), ...others].slice(0, most);
  });
}

function matchOf(pair: Pair, firsts: ReadonlyMap<SectionToMatch | TicketToMatch, Pair>): Match {
  const { section, ticket, score, words } = pair;
  const first = firsts.get(section);
  const rival = firsts.get(ticket);
  const notes = [
    ...(first && first !== pair ? [`instead of ${first.ticket.key}`] : []),
    ...(rival && rival !== pair ? [`fits ${rival.section.address} ${rival.score > score ? "better" : "as well"}`] : []),
  ];
  return {
    target: section.target,
    section: { address: section.address, title: section.title },
    ticket: { key: ticket.key, title: ticket.title },
    score,
    why: [...words, ...notes].join("; "),
  };
}

function sidesOf(pairs: readonly Pair[]): ReadonlySet<SectionToMatch | TicketToMatch> {
  return new Set(pairs.flatMap(({ section, ticket }): readonly (SectionToMatch | TicketToMatch)[] => [section, ticket]));
}

function sectionAlone({ target, address, title }: SectionToMatch, isNear: boolean): Match {
  return { target, section: { address, title }, ticket: null, score: 0, why: isNear ? "what is like it fits other sections better" : "no ticket is like it" };
}

function ticketAlone({ target, key, title, closed }: TicketToMatch, isNear: boolean): Match {
  const why = isNear ? "what is like it fits other tickets better" : "no section is like it";
  return { target, section: null, ticket: { key, title }, score: 0, why: closed ? `${why}; closed` : why };
}
