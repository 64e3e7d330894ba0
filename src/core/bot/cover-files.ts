/** A few paths that stand for many: the files themselves, or the folders that hold them. */

/** Folders end in a slash. In the order of the alphabet. */
export function coverFiles(paths: readonly string[], most: number): readonly string[] {
  const parts = paths.map((path) => path.split("/"));
  for (let depth = Math.max(0, ...parts.map(({ length }) => length)); depth > 0; depth -= 1) {
    const cut = new Set(parts.map((one) => (one.length <= depth ? one.join("/") : `${one.slice(0, depth).join("/")}/`)));
    if (cut.size <= most) return [...cut].toSorted();
  }
  return ["./"];
}
