/** A spec as a person sees it in an editor: chunks that begin with their headings, blocks between blank lines. */

export interface Chunk {
  /** null for what stands before the first heading. */
  readonly heading: string | null;
  readonly markers: readonly string[];
  readonly blocks: readonly string[];
}

export interface SpecFile {
  readonly path: string;
  readonly eol: "\n" | "\r\n";
  readonly chunks: readonly Chunk[];
}

export function readSpecFile(path: string, text: string): SpecFile {
  const lines = text.replaceAll("\r\n", "\n");
  return { path, eol: text.includes("\r\n") ? "\r\n" : "\n", chunks: lines.split(/^(?=#{1,6} )/m).map(readChunk) };
}

function readChunk(text: string): Chunk {
  const match = /^(#{1,6} [^\n]*)\n?/.exec(text);
  const heading = match?.[1] ?? null;
  const rest = text.slice(match?.[0].length ?? 0);
  const markers = /^(?:\n*<!-- canon:[^\n]*-->(?=\n|$))*/.exec(rest)?.[0] ?? "";
  return {
    heading,
    markers: linesOf(markers),
    blocks: rest
      .slice(markers.length)
      .split(/\n{2,}/)
      .map((block) => block.replace(/^\n+|\n+$/g, ""))
      .filter((block) => block !== ""),
  };
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

export function printSpecFile({ eol, chunks }: SpecFile): string {
  const text = chunks
    .map(({ heading, markers, blocks }) => [...(heading === null ? [] : [[heading, ...markers].join("\n")]), ...blocks].map((block) => `${block}\n`).join("\n"))
    .filter((chunk) => chunk !== "")
    .join("\n");
  return text.replaceAll("\n", eol);
}

export function isCriteria(block: string): boolean {
  return /^\s*(?:[-+*]|\d+[.)]) \[[ xX]\] /.test(block);
}

/** Its criteria, each with what stands below it. */
export function criteriaOf(block: string): readonly string[] {
  return block.split(/\n(?=\s*(?:[-+*]|\d+[.)]) \[[ xX]\] )/);
}

export function joinCriteria(criteria: readonly string[]): string {
  return criteria.join("\n");
}
