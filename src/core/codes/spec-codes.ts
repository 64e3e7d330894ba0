/** Diagnostics about specs: files, headings, front matter and markers. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const SPEC_CODES = {
  "spec-not-utf8": { summary: "A spec holds bytes that are not UTF-8.", hint: "Convert the file to UTF-8; Canon never guesses an encoding." },
} as const;
