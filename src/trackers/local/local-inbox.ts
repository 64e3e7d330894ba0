/** The local tracker's own query language, as `inbox:` speaks it: `label:NAME`, `type:NAME`, `status:NAME` and words, all of which must hold. */

import type { Ticket } from "../../core/model/ticket.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { invalid } from "./local-client.ts";
import type { LocalShape } from "./local-project.ts";

const FIELDS = ["label", "type", "status"] as const;

type Test = (ticket: Ticket) => boolean;

/** Throws what is wrong with the query: found nothing and understood nothing must never look alike. */
export function inboxFilter(query: string, shape: LocalShape): Test {
  const tests = termsOf(query).map((term) => testOf(term, shape));
  if (tests.length === 0) throw invalid("The inbox query is empty.", "Write for example label:triage, or leave inbox: out.");
  return (ticket) => tests.every((test) => test(ticket));
}

interface Term {
  /** What stands before the colon; null for a word. */
  readonly field: string | null;
  readonly value: string;
}

/** `"a word"`, `field:"a value"`, `field:value`, `word`. */
const TERM = /"([^"]*)"|(\p{L}[\p{L}_-]*):(?:"([^"]*)"|([^\s"]*))|([^\s"]+)/gu;

/** Quotes hold words together, and make a word of what reads like a field. */
function termsOf(query: string): readonly Term[] {
  if ((query.match(/"/g) ?? []).length % 2 === 1) throw invalid(`The inbox query ${query} opens a quote and does not close it.`, "Add the closing quote.");
  const terms = [...query.matchAll(TERM)].map(([, quoted, field, quotedValue, value, word]): Term =>
    field === undefined ? { field: null, value: quoted ?? word ?? "" } : { field, value: quotedValue ?? value ?? "" },
  );
  return terms.filter(({ field, value }) => field !== null || value !== "");
}

function testOf({ field, value }: Term, shape: LocalShape): Test {
  if (field === null) return contains(value);
  const known = FIELDS.find((name) => name === field.toLowerCase());
  if (known === undefined) {
    const near = nearestWord(field, FIELDS);
    const meant = near === null ? `Fields are ${FIELDS.join(", ")}.` : `Did you mean ${near}:${value}?`;
    throw invalid(`The inbox query has no field ${field}.`, `${meant} To look for it as a word, write it in quotes.`);
  }
  if (value === "") throw invalid(`The inbox query says ${known}: and not which.`, `Write ${known}:NAME, without a blank after the colon.`);
  switch (known) {
    case "label": {
      const label = value.toLowerCase();
      return (ticket) => ticket.labels.some((one) => one.toLowerCase() === label);
    }
    case "type": {
      const type = oneOf("type", value, shape.types);
      return (ticket) => ticket.type === type;
    }
    case "status": {
      const status = oneOf(
        "status",
        value,
        shape.statuses.map(({ name }) => name),
      );
      return (ticket) => ticket.status === status;
    }
  }
}

function contains(word: string): Test {
  const wanted = word.toLowerCase();
  return ({ title, body }) => title.toLowerCase().includes(wanted) || body.toLowerCase().includes(wanted);
}

/** In any case. */
function oneOf(field: string, value: string, names: readonly string[]): string {
  const found = names.find((name) => name.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestWord(value, names);
  throw invalid(
    `The inbox query names ${field}:${value}, and the project has no such ${field}.`,
    `${near === null ? "" : `Did you mean ${near}? `}There are ${names.join(", ")}.`,
  );
}
