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
/** A criterion is on the ticket when so much of it is. */
const SAID = 0.75;
/** Characters of a text that are compared. */
const MOST_TEXT = 8_000;
/** Texts with fewer words share them by chance. */
const FEWEST_WORDS = 4;
/** So much of two texts is alike by chance. */
const CHANCE = 0.3;

export class EvidenceFinder {
  readonly #texts = new Map<SectionToMatch | TicketToMatch, ReadonlySet<string>>();
  readonly #criteria = new Map<SectionToMatch, readonly (readonly string[])[]>();
  readonly #criteriaWords = new Map<TicketToMatch, ReadonlySet<string>>();

  find(section: SectionToMatch, ticket: TicketToMatch): Evidence {
    const parts = [parents(section, ticket), this.#sharedCriteria(section, ticket), this.#sharedText(section, ticket)];
    return { weight: parts.reduce((sum, part) => sum + part.weight, 0), words: parts.flatMap(({ words }) => words) };
  }

  /** Against the words of all the ticket's criteria at once: comparing each with each takes minutes for lists that are long on both sides. */
  #sharedCriteria(section: SectionToMatch, ticket: TicketToMatch): Evidence {
    if (section.criteria.length === 0 || ticket.criteria.length === 0) return NOTHING;
    const ours = once(this.#criteria, section, () => section.criteria.slice(0, MOST_CRITERIA).map(wordsOf));
    const theirs = once(this.#criteriaWords, ticket, () => new Set(ticket.criteria.slice(0, MOST_CRITERIA).flatMap(wordsOf)));
    const alike = ours.filter((words) => words.length > 0 && words.filter((word) => theirs.has(word)).length >= SAID * words.length).length;
    return alike === 0 ? NOTHING : { weight: (0.8 * alike) / ours.length, words: [`${alike} of ${ours.length} criteria`] };
  }

  #sharedText(section: SectionToMatch, ticket: TicketToMatch): Evidence {
    const [ours, theirs] = [once(this.#texts, section, () => textWords(section)), once(this.#texts, ticket, () => textWords(ticket))];
    const least = Math.min(ours.size, theirs.size);
    if (least < FEWEST_WORDS) return NOTHING;
    const share = [...ours].filter((word) => theirs.has(word)).length / least;
    if (share <= CHANCE) return NOTHING;
    return {
      weight: (0.8 * (share - CHANCE)) / (1 - CHANCE),
      words: [share === 1 ? "same words in the text" : `${Math.round(share * 100)} % of the text's words`],
    };
  }
}

const NOTHING: Evidence = { weight: 0, words: [] };

/** A section meets several tickets, a ticket several sections: what is made of one is made once. */
function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** Short words tell nothing. */
function textWords({ text }: SectionToMatch | TicketToMatch): ReadonlySet<string> {
  return new Set(wordsOf(text.slice(0, MOST_TEXT)).filter((word) => word.length > 3 || /\p{Lo}/u.test(word)));
}

function parents(section: SectionToMatch, ticket: TicketToMatch): Evidence {
  if (!section.parent || !ticket.parent) return NOTHING;
  if (section.parent.key !== null && section.parent.key === ticket.parent.key) return { weight: 0.5, words: [`both below ${ticket.parent.key}`] };
  if (ticket.parent.title === null || !similarTitles(section.parent.title, ticket.parent.title)) return NOTHING;
  return { weight: 0.5, words: [`parents alike (${ticket.parent.key})`] };
}
