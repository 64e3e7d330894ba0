/** What speaks for a pair of section and ticket beside their titles: parents, criteria, the words of the text. */

import { similarTitles } from "../text/similar.ts";
import { wordsOf } from "./title-grams.ts";

/** A section without a ticket. */
export interface SectionToMatch {
  readonly target: string;
  readonly address: string;
  readonly title: string;
  /** What stands around it, from near to far: enclosing headings, the spec's title, the file. */
  readonly around: readonly string[];
  /** The nearest enclosing section that has or gets a ticket; its key where it has one. */
  readonly parent: { readonly key: string | null; readonly title: string } | null;
  readonly criteria: readonly string[];
  readonly text: string;
}

/** A ticket without a section. */
export interface TicketToMatch {
  readonly target: string;
  readonly key: string;
  readonly title: string;
  readonly parent: { readonly key: string; readonly title: string | null } | null;
  readonly closed: boolean;
  readonly criteria: readonly string[];
  readonly text: string;
}

export interface Evidence {
  /** 0 to 1. */
  readonly weight: number;
  readonly words: readonly string[];
}

/** Of a ticket with ten thousand criteria the first tell enough. */
const MOST_CRITERIA = 40;
/** Characters of a text that are compared. */
const MOST_TEXT = 8_000;
/** Texts with fewer words share them by chance. */
const FEWEST_WORDS = 4;
/** So much of two texts is alike by chance. */
const CHANCE = 0.3;

export class EvidenceFinder {
  readonly #words = new Map<SectionToMatch | TicketToMatch, ReadonlySet<string>>();

  find(section: SectionToMatch, ticket: TicketToMatch): Evidence {
    const parts = [parents(section, ticket), criteria(section, ticket), this.#text(section, ticket)];
    return { weight: parts.reduce((sum, part) => sum + part.weight, 0), words: parts.flatMap(({ words }) => words) };
  }

  #text(section: SectionToMatch, ticket: TicketToMatch): Evidence {
    const [ours, theirs] = [this.#wordsOf(section), this.#wordsOf(ticket)];
    const least = Math.min(ours.size, theirs.size);
    if (least < FEWEST_WORDS) return NOTHING;
    const share = [...ours].filter((word) => theirs.has(word)).length / least;
    if (share <= CHANCE) return NOTHING;
    return {
      weight: (0.8 * (share - CHANCE)) / (1 - CHANCE),
      words: [share === 1 ? "same words in the text" : `${Math.round(share * 100)} % of the text's words`],
    };
  }

  /** Made once: a section meets several tickets, a ticket several sections. Short words tell nothing. */
  #wordsOf(one: SectionToMatch | TicketToMatch): ReadonlySet<string> {
    const known = this.#words.get(one);
    if (known) return known;
    const words = new Set(wordsOf(one.text.slice(0, MOST_TEXT)).filter((word) => word.length > 3 || /\p{Lo}/u.test(word)));
    this.#words.set(one, words);
    return words;
  }
}

const NOTHING: Evidence = { weight: 0, words: [] };

function parents(section: SectionToMatch, ticket: TicketToMatch): Evidence {
  if (!section.parent || !ticket.parent) return NOTHING;
  if (section.parent.key !== null && section.parent.key === ticket.parent.key) return { weight: 0.5, words: [`both below ${ticket.parent.key}`] };
  if (ticket.parent.title === null || !similarTitles(section.parent.title, ticket.parent.title)) return NOTHING;
  return { weight: 0.5, words: [`parents alike (${ticket.parent.key})`] };
}

function criteria(section: SectionToMatch, ticket: TicketToMatch): Evidence {
  const [ours, theirs] = [section.criteria.slice(0, MOST_CRITERIA), ticket.criteria.slice(0, MOST_CRITERIA)];
  const alike = ours.filter((one) => theirs.some((other) => similarTitles(one, other))).length;
  return alike === 0 ? NOTHING : { weight: (0.8 * alike) / ours.length, words: [`${alike} of ${ours.length} criteria`] };
}
