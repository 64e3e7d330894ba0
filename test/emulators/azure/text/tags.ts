/** The one field in which Azure DevOps keeps all tags of a work item: separated by semicolons, alike in any case, in no order of the writer's. */

export function splitTags(field: string): readonly string[] {
  const found = new Map<string, string>();
  for (const part of field.split(/[;,]/)) {
    const tag = part.trim();
    if (tag !== "" && !found.has(tag.toLowerCase())) found.set(tag.toLowerCase(), tag);
  }
  return [...found.values()];
}

export function joinTags(tags: readonly string[]): string {
  return [...tags].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join("; ");
}

/** `first` with those of `second` that it lacks. */
export function mergeTags(first: readonly string[], second: readonly string[]): readonly string[] {
  return splitTags([...first, ...second].join(";"));
}
