/** Takes the number off a title: "3.1 Key generation" and "§3 Key generation" are both called "Key generation". */

const NUMBERS: readonly RegExp[] = [
  // 1.1 · 1.2) · 3.1.4: · A.1
  /^(?:[A-Z]|\d{1,4})(?:\.\d{1,4})+[.):]? (?:[-–—] )?/,
  // 1. · 12) · 4: · (3)
  /^(?:\d{1,4}[.):]|\(\d{1,4}\)) /,
  // 1 - Title
  /^\d{1,3} [-–—] /,
  // §3 · § 3.1
  /^§ ?\d{1,4}(?:\.\d{1,4})*[.):]? /,
  // IV. · II)
  /^[IVX]{1,5}[.)] /,
  // A bare number is one only before a capital or a letter without case: "2 Two", but not "3 retries" or "404 Not Found".
  /^\d{1,2} (?=[\p{Lu}\p{Lo}])/u,
];

/** `title` is plain text on one line with single spaces. A title that is nothing but a number keeps it. */
export function withoutNumber(title: string): string {
  for (const number of NUMBERS) {
    const found = number.exec(title);
    if (found && found[0].length < title.length) return title.slice(found[0].length);
  }
  return title;
}
