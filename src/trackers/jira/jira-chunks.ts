/** Small things that both forms of Jira's requests are made of. */

export function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** A key comes from a file: as one segment of a path it can lead nowhere else. */
export function inPath(key: string): string {
  return encodeURIComponent(key);
}
