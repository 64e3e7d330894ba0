/** How a comment of Canon says which note it is and what it said: a property that people do not see. */

import { shortPrint } from "../../core/fingerprint.ts";
import { isRecord, parseJson } from "./adf/adf-node.ts";
import { PROPERTY } from "./jira-property.ts";
import type { WireComment, WirePerson, WireUser } from "./jira-wire.ts";

export interface NoteSign {
  readonly note: string;
  /** Fingerprint of the text as it was sent: Jira answers it in another form. Empty: it was not kept. */
  readonly said: string;
}

/** A comment that carries a sign, whoever wrote it. */
export interface SignedComment {
  readonly id: string;
  /** null: anonymous. */
  readonly author: WireUser | null;
  readonly sign: NoteSign;
}

export function signOf(note: string, text: string): NoteSign {
  return { note, said: shortPrint(text) };
}

export function signedIn(comment: WireComment): readonly SignedComment[] {
  return (comment.properties ?? []).flatMap(({ key, value }) => (key === PROPERTY ? signedBy(comment, value) : []));
}

/** Nothing where the property is none of a note. */
export function signedBy({ id, author }: WireComment, property: unknown): readonly SignedComment[] {
  const read = typeof property === "string" ? parseJson(property) : property;
  if (!isRecord(read) || typeof read["note"] !== "string") return [];
  return [{ id, author: author ?? null, sign: { note: read["note"], said: typeof read["said"] === "string" ? read["said"] : "" } }];
}

/** The Cloud tells people apart by account, Data Center by name. */
export function isSamePerson(one: WirePerson, other: WirePerson): boolean {
  const id = one.accountId ?? one.name;
  return id !== undefined && id === (other.accountId ?? other.name);
}
