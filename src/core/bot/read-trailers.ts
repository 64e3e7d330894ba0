/** Trailers as git reads them: lines of the form `Name: value` in the last paragraph of a text. */

export interface Trailer {
  /** In lower case: git does not tell them apart either. */
  readonly name: string;
  readonly value: string;
}

const TRAILER = /^([A-Za-z0-9-]{1,100})[ \t]*:(.*)$/;

/** `isMessage`: the text is a commit's message, whose first paragraph is its subject. */
export function readTrailers(text: string, isMessage: boolean): readonly Trailer[] {
  const paragraphs = paragraphsOf(text);
  const last = paragraphs.length > (isMessage ? 1 : 0) ? (paragraphs.at(-1) ?? []) : [];
  const trailers: { name: string; value: string }[] = [];
  let others = 0;
  for (const line of last) {
    const [, name, value = ""] = TRAILER.exec(line) ?? [];
    const open = trailers.at(-1);
    if (name !== undefined) trailers.push({ name: name.toLowerCase(), value: value.trim() });
    else if (open && /^[ \t]/.test(line)) open.value = `${open.value} ${line.trim()}`;
    else others += 1;
  }
  // git's own measure of what is a sentence with a colon, and what a block of trailers.
  return trailers.length * 3 >= others ? trailers : [];
}

function paragraphsOf(text: string): readonly (readonly string[])[] {
  const paragraphs: string[][] = [];
  let isOpen = false;
  for (const line of text.split("\n")) {
    const isBlank = line.trim() === "";
    if (!isBlank && isOpen) paragraphs.at(-1)?.push(line);
    else if (!isBlank) paragraphs.push([line]);
    isOpen = !isBlank;
  }
  return paragraphs;
}
