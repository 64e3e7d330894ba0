/** A title as spec and tracker compare it: white space folded, control characters gone, cut at the tracker's limit. */

/** `limit` counts characters as people see code points. Idempotent. */
export function canonicalTitle(title: string, limit = 255): string {
  const folded = title.replace(/[\u0000-\u001f\u007f\s]+/g, " ").trim();
  // Most titles are shorter even in UTF-16 units, of which there are never fewer.
  if (folded.length <= limit) return folded;
  return [...folded].slice(0, limit).join("").trimEnd();
}
