/** GitHub's anchor of a heading: the id of a section that has no marker. */

/**
 * Lower case; letters, marks, digits, connectors, hyphens and spaces stay, and spaces become hyphens. Unlike GitHub's,
 * composed (so that equal-looking titles have equal slugs) and without characters that nobody sees.
 */
export function slugOf(title: string): string {
  if (/^[a-z0-9 ]*$/.test(title)) return title.replaceAll(" ", "-");
  return title
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\- ]|\p{Default_Ignorable_Code_Point}/gu, "")
    .replaceAll(" ", "-");
}
