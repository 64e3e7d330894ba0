/** Tags: one field of names between semicolons, alike in any case. One of them is Canon's mark. */

/** Marks every ticket that Canon manages; never shown as a label, never taken away. */
export const MARK = "canon";

/** The mark is left out. */
export function labelsOf(field: string | undefined): readonly string[] {
  return tagsOf(field).filter((tag) => !isMark(tag));
}

export function tagsOf(field: string | undefined): readonly string[] {
  return (field ?? "")
    .split(";")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}

export function isMarked(field: string | undefined): boolean {
  return tagsOf(field).some(isMark);
}

export function isMark(tag: string): boolean {
  return tag.toLowerCase() === MARK;
}

/** A name that would read as two tags, or as none; null where all are well. */
export function wrongTag(names: readonly string[]): string | null {
  return names.find((name) => name.trim() === "" || /[;,]/.test(name)) ?? null;
}

export function joinTags(names: readonly string[]): string {
  return names.join("; ");
}
