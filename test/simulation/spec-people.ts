/** What people do to specs in their editors. Each edit is a whole new text of some files; a file that is null was removed. */

import type { Dice } from "./dice.ts";
import { criterionText, paragraph, placeOf, reworded, titleText, type Pen } from "./prose.ts";
import { criteriaOf, isCriteria, joinCriteria, printSpecFile, readSpecFile, type Chunk, type SpecFile } from "./spec-text.ts";

export const SPEC_EDITS: readonly string[] = [
  ...["add-paragraph", "reword-paragraph", "remove-paragraph", "add-criterion", "reword-criterion", "remove-criterion", "tick-criterion"],
  ...["reorder-criteria", "add-section", "remove-section", "rename-section", "renumber-section", "move-section", "swap-sections", "change-depth"],
  ...["delete-marker", "copy-section", "change-status", "change-tags", "rename-file", "new-file"],
];

export interface SpecChange {
  readonly told: string;
  readonly files: readonly (readonly [path: string, text: string | null])[];
}

/** null: there was nothing to do it to. */
export function editSpecs(edit: string, texts: ReadonlyMap<string, string>, pen: Pen): SpecChange | null {
  const { dice } = pen;
  const files = [...texts].map(([path, text]) => readSpecFile(path, text));
  const file = pen.focus ? files.find((one) => one.chunks.some((chunk) => isFocused(chunk, pen))) : dice.maybe(files);
  if (!file) return null;
  const at = sectionAt(file, pen);
  const chunk = file.chunks[at];
  if (edit === "rename-file") {
    const path = `specs/${dice.pick("", "sub/")}${pen.words.fresh()}.md`;
    return {
      told: `${file.path} is renamed to ${path}`,
      files: [
        [file.path, null],
        [path, texts.get(file.path) ?? ""],
      ],
    };
  }
  if (edit === "new-file") {
    if (files.length > 4) return null;
    const made: SpecFile = {
      path: `specs/${pen.words.fresh()}.md`,
      eol: dice.pick("\n", "\r\n"),
      chunks: [frontMatter(dice), { heading: `# ${titleText(pen)}`, markers: [], blocks: [paragraph(pen)] }, newSection(pen)],
    };
    return { told: `${made.path} is new`, files: [[made.path, printSpecFile(made)]] };
  }
  if (edit === "change-tags") {
    const chunks = [frontMatter(dice), ...file.chunks.slice(1)];
    return { told: `${file.path}: ${chunks[0]?.blocks.join() ?? ""}`, files: [[file.path, printSpecFile({ ...file, chunks })]] };
  }
  if (!chunk) return null;
  const where = `${file.path} "${chunk.heading ?? ""}"`;
  const changed = (chunks: readonly Chunk[], what: string): SpecChange => ({
    told: `${where}: ${what}`,
    files: [[file.path, printSpecFile({ ...file, chunks })]],
  });
  if (edit === "move-section") {
    const other = dice.maybe(files);
    if (!other) return null;
    const without = file.chunks.filter((one) => one !== chunk);
    const into = other === file ? without : other.chunks;
    const to = 2 + dice.below(into.length - 1);
    const moved = [...into.slice(0, to), chunk, ...into.slice(to)];
    if (other === file) return changed(moved, `moved to place ${to}`);
    const both = [
      { ...file, chunks: without },
      { ...other, chunks: moved },
    ];
    return { told: `${where} is moved to ${other.path}`, files: both.map((one) => [one.path, printSpecFile(one)]) };
  }
  const next = editChunks(edit, file.chunks, at, chunk, pen);
  return next && changed(next, edit);
}

/** Any section that can be a ticket: before the first one stand the front matter and the document's own title. */
function sectionAt({ chunks }: SpecFile, pen: Pen): number {
  if (pen.focus) return chunks.findIndex((chunk) => isFocused(chunk, pen));
  return chunks.length < 3 ? -1 : 2 + pen.dice.below(chunks.length - 2);
}

function isFocused({ markers }: Chunk, { focus }: Pen): boolean {
  return focus !== undefined && markers.some((line) => /canon:ticket:[a-z]+:(\S+) /.exec(line)?.[1] === focus.key);
}

function frontMatter(dice: Dice): Chunk {
  const tags = ["api", "infra", "mobile"].filter(() => dice.chance(0.4));
  return { heading: null, markers: [], blocks: [`---\ntags: [${tags.join(", ")}]\n---`] };
}

function newSection(pen: Pen): Chunk {
  const { dice } = pen;
  const criteria = Array.from({ length: dice.below(4) }, () => `- [${dice.chance(0.2) ? "x" : " "}] ${criterionText(pen)}`);
  const blocks = Array.from({ length: dice.below(4) }, () => paragraph(pen));
  const heading = `${dice.pick("##", "##", "###", "####")} ${dice.pick("", "", "1.2 ")}${titleText(pen)}`;
  return { heading, markers: [], blocks: [...blocks, ...(criteria.length > 0 ? [joinCriteria(criteria)] : [])] };
}

function editChunks(edit: string, chunks: readonly Chunk[], at: number, chunk: Chunk, pen: Pen): readonly Chunk[] | null {
  const { dice } = pen;
  const instead = (...next: readonly Chunk[]): readonly Chunk[] => [...chunks.slice(0, at), ...next, ...chunks.slice(at + 1)];
  const heading = chunk.heading ?? "";
  switch (edit) {
    case "add-section":
      return chunks.length > 9 ? null : instead(chunk, newSection(pen));
    case "remove-section":
      return chunks.length < 4 ? null : instead();
    case "copy-section":
      return chunks.length > 9 ? null : instead(chunk, chunk);
    case "rename-section": {
      const title = dice.chance(0.5) ? heading.replace(/^(#+ (?:[\d.]+ )?).*$/, (_all, before: string) => before + titleText(pen)) : reworded(heading, pen);
      return title === null ? null : instead({ ...chunk, heading: title });
    }
    case "renumber-section":
      return instead({ ...chunk, heading: heading.replace(/^(#+ )(?:[\d.]+ )?/, `$1${dice.pick("", "1. ", "2.3 ", "7.1.2 ")}`) });
    case "change-depth":
      return instead({ ...chunk, heading: heading.replace(/^#+/, dice.pick("##", "###", "####")) });
    case "swap-sections": {
      const next = chunks[at + 1];
      return next ? [...chunks.slice(0, at), next, chunk, ...chunks.slice(at + 2)] : null;
    }
    case "delete-marker": {
      const gone = dice.maybe(chunk.markers);
      return gone === undefined ? null : instead({ ...chunk, markers: chunk.markers.filter((line) => line !== gone) });
    }
    case "change-status": {
      const status = dice.pick("draft", "todo", "in_progress", "blocked", "done", "deprecated");
      if (!chunk.markers.some((line) => line.includes("canon:system:"))) return null;
      return instead({ ...chunk, markers: chunk.markers.map((line) => line.replace(/ status:\w+/, ` status:${status}`)) });
    }
    default: {
      const blocks = editBlocks(edit, chunk.blocks, pen);
      return blocks && instead({ ...chunk, blocks });
    }
  }
}

function editBlocks(edit: string, blocks: readonly string[], pen: Pen): readonly string[] | null {
  const { dice } = pen;
  const isAbout = edit.endsWith("paragraph") ? (block: string): boolean => !isCriteria(block) : isCriteria;
  const places = blocks.flatMap((block, index) => (isAbout(block) ? [index] : []));
  const at = places[placeOf(places.length, pen)] ?? -1;
  const block = blocks[at];
  const instead = (...next: readonly string[]): readonly string[] => [...blocks.slice(0, at), ...next, ...blocks.slice(at + 1)];
  if (edit === "add-paragraph") {
    const to = dice.below(blocks.length + 1);
    return blocks.length > 9 ? null : [...blocks.slice(0, to), paragraph(pen), ...blocks.slice(to)];
  }
  if (edit === "add-criterion" && block === undefined) return [...blocks, `- [ ] ${criterionText(pen)}`];
  if (block === undefined) return null;
  if (edit === "reword-paragraph") {
    const next = reworded(block, pen);
    return next === null ? null : instead(next);
  }
  if (edit === "remove-paragraph") return instead();
  const criteria = editCriteria(edit, criteriaOf(block), pen);
  return criteria && instead(...(criteria.length === 0 ? [] : [joinCriteria(criteria)]));
}

function editCriteria(edit: string, criteria: readonly string[], pen: Pen): readonly string[] | null {
  const at = placeOf(criteria.length, pen);
  const one = criteria[at] ?? "";
  const instead = (...next: readonly string[]): readonly string[] => [...criteria.slice(0, at), ...next, ...criteria.slice(at + 1)];
  switch (edit) {
    case "add-criterion":
      return criteria.length > 7 ? null : instead(one, `${/^\s*/.exec(one)?.[0] ?? ""}- [ ] ${criterionText(pen)}`);
    case "reword-criterion": {
      const next = reworded(one, pen);
      return next === null ? null : instead(next);
    }
    case "remove-criterion":
      return instead();
    case "tick-criterion":
      return instead(one.replace(/\[[ xX]\]/, (box) => (box === "[ ]" ? "[x]" : "[ ]")));
    case "reorder-criteria":
      return criteria.length < 2 ? null : [...criteria.slice(at), ...criteria.slice(0, at)];
    default:
      throw new Error(`nobody knows how to ${edit}`);
  }
}
