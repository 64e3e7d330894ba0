/** Finds the parts of a Jira description: what people wrote, the generated criteria, the footer. */

export interface LayoutBlock {
  /** tasks: a list of which at least one item has a box. */
  readonly kind: "heading" | "rule" | "tasks" | "list" | "paragraph" | "other";
  /** Of headings and paragraphs; line breaks are line feeds. */
  readonly words: string;
}

/** All are indexes of blocks. */
export interface DescriptionLayout {
  /** What people wrote. */
  readonly content: ReadonlySet<number>;
  /** The lists of criteria. */
  readonly lists: readonly number[];
  /** The paragraph that begins with Canon's line; -1 where there is none. What follows that line in it is a person's. */
  readonly footer: number;
}

/** A person may have taken the footer away, written below it, or turned the heading into another level. */
export function descriptionLayout(blocks: readonly LayoutBlock[]): DescriptionLayout {
  const footer = blocks.findLastIndex(({ kind, words }) => kind === "paragraph" && isFooter(words.split("\n")[0] ?? ""));
  const rule = blocks[footer - 1]?.kind === "rule" ? footer - 1 : footer;
  const end = footer === -1 ? blocks.length : rule;
  const heading = findCriteriaHeading(blocks, end);
  const sectionEnd = heading === -1 ? -1 : endOfSection(blocks, heading, end);
  const lists: number[] = [];
  const content = new Set<number>();
  for (const [index, { kind }] of blocks.entries()) {
    if (index === heading || (footer !== -1 && index >= rule && index <= footer)) continue;
    const isCriteria = index > heading && index < sectionEnd && (kind === "tasks" || kind === "list");
    // Plain bullets further down are notes; right below the heading, or below other criteria, they are criteria without a box.
    if (isCriteria && (kind === "tasks" || index - 1 === heading || index - 1 === lists.at(-1))) lists.push(index);
    else content.add(index);
  }
  return { content, lists, footer };
}

/** Canon's last line on a ticket. */
export function isFooter(line: string): boolean {
  return /^From .+ › .+there\.\s*$/.test(line);
}

export function isCriteriaHeading({ kind, words }: LayoutBlock): boolean {
  return kind === "heading" && /^acceptance\s+criteria\s*:?$/i.test(words.trim());
}

/**
 * The heading whose section ends at the footer, where Canon writes it; else the last one. Only with tasks below it, or
 * with nothing at all: a heading over prose or plain bullets is a person's.
 */
function findCriteriaHeading(blocks: readonly LayoutBlock[], footer: number): number {
  let last = -1;
  for (const [index, block] of blocks.entries()) {
    if (!isCriteriaHeading(block)) continue;
    const end = endOfSection(blocks, index, footer);
    const below = blocks.slice(index + 1, end);
    if (below.length > 0 && !below.some(({ kind }) => kind === "tasks")) continue;
    last = index;
    if (end === footer) break;
  }
  return last;
}

function endOfSection(blocks: readonly LayoutBlock[], heading: number, footer: number): number {
  for (let index = heading + 1; index < blocks.length; index += 1) if (index === footer || blocks[index]?.kind === "heading") return index;
  return blocks.length;
}
