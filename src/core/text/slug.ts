/** GitHub's anchor of a heading: the id of a section that has no marker. */

/**
 * Lower case; letters, marks, digits, connectors, hyphens and spaces stay, and spaces become hyphens. Unlike GitHub's,
 * composed (so that equal-looking titles have equal slugs) and without characters that nobody sees.
 */
export function slugOf(title: string): string {
  if (/^[a-z0-9 ]*$/.test(title)) return hyphenated(title);
  const kept = title
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\- ]|\p{Default_Ignorable_Code_Point}/gu, "");
  return hyphenated(kept);
}

/** Joined, not replaced: V8 would keep every piece of every id, four hundred bytes each. */
function hyphenated(words: string): string {
  return words.split(" ").join("-");
}
