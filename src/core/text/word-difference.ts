/** Tells which words moved between two texts, with the words that stayed folded away, so that people read only what changed. */

import { diffWords } from "diff";

export type PieceKind = "same" | "removed" | "added" | "fold";

/** A run of words. `fold` stands for words that stayed and are not shown; its text is empty. */
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

/** Beyond this many edits a difference is no longer read word by word, and finding it would cost seconds. */
const EDIT_LIMIT = 600;

/** Built on first use; only scripts that do not part words by spaces need it. */
let words: Intl.Segmenter | undefined;

/** From `before` to `after`, unfolded. Texts with hardly anything in common come back as one removal and one addition. */
export function wordDifference(before: string, after: string): readonly Piece[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  if (before === "" || after === "") return replaced(before, after);
  const changes = diffWords(before, after, { maxEditLength: EDIT_LIMIT, ...segmenterFor(before + after) });
  if (changes === undefined) return replaced(before, after);
  return joinRuns(changes.map((change) => ({ kind: change.added ? "added" : change.removed ? "removed" : "same", text: change.value })));
}

function segmenterFor(text: string): { intlSegmenter?: Intl.Segmenter } {
  if (!/[^\u0000-\u024f\u2000-\u206f]/.test(text)) return {};
  words ??= new Intl.Segmenter("en", { granularity: "word" });
  return { intlSegmenter: words };
}

function replaced(before: string, after: string): readonly Piece[] {
  const pieces: Piece[] = [];
  if (before !== "") pieces.push({ kind: "removed", text: before });
  if (after !== "") pieces.push({ kind: "added", text: after });
  return pieces;
}

/** Changes with only spaces or punctuation between them read better as one: `[-a b-]{+c d+}`, not `[-a-]{+c+} [-b-]{+d+}`. */
function joinRuns(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  let removed = "";
  let added = "";
  const flush = (): void => {
    joined.push(...replaced(removed, added));
    removed = added = "";
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "removed") removed += piece.text;
    else if (piece.kind === "added") added += piece.text;
    else if (removed !== "" && added !== "" && index < pieces.length - 1 && /^[\s\p{P}]*$/u.test(piece.text)) {
      removed += piece.text;
      added += piece.text;
    } else {
      flush();
      joined.push(piece);
    }
  }
  flush();
  return joined;
}

/** Keeps `context` characters of what stayed on either side of a change, whole words only, and folds the rest. */
export function foldSame(pieces: readonly Piece[], context: number): readonly Piece[] {
  return pieces.flatMap((piece, index) => {
    if (piece.kind !== "same") return [piece];
    const head = index === 0 ? "" : firstWords(piece.text, context);
    const tail = index === pieces.length - 1 ? "" : lastWords(piece.text, context);
    if (head.length + tail.length >= piece.text.length) return [piece];
    return [same(head), { kind: "fold" as const, text: "" }, same(tail)].filter((part) => part.kind === "fold" || part.text !== "");
  });
}

function same(text: string): Piece {
  return { kind: "same", text };
}

function firstWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
  const space = cut.search(/\s\S*$/);
  return (space > 0 ? cut.slice(0, space) : cut).trimEnd();
}

function lastWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(-limit).replace(/^[\udc00-\udfff]/, "");
  const space = cut.search(/\s/);
  return (space >= 0 && space < cut.length - 1 ? cut.slice(space) : cut).trimStart();
}
