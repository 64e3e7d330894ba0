/** The signature below a note: a link that carries its id and what it said, because Azure strips what is hidden and has no other place for them. */

import { shortPrint } from "../../core/fingerprint.ts";
import type { Note } from "../tracker.ts";

export interface Signature {
  readonly note: string;
  /** Fingerprint of the text as it was sent: Azure answers it in another form. Empty: it was not kept. */
  readonly said: string;
}

export function saidBy({ text }: Pick<Note, "text">): string {
  return shortPrint(text);
}

/** An address of a host that cannot exist. */
export function signatureOf(note: Pick<Note, "id" | "text">): string {
  return `<a href="https://canon.invalid/note/${encodeURIComponent(note.id)}#${saidBy(note)}">Canon</a>`;
}

/** The last of a comment is its signature: above it stands what the note says. null: it carries none. */
export function signatureIn(html: string): Signature | null {
  const [, id = "", said = ""] = [...html.matchAll(/https:\/\/canon\.invalid\/note\/([^"#<>\s]*)(?:#([^"<>\s]*))?"/g)].at(-1) ?? [];
  const note = decoded(id);
  return note === "" ? null : { note, said };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
