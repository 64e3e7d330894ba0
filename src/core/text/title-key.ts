/** What two titles are compared by when a list of headings names them: whole, in any case, without what does not matter. */

import { withoutNumber } from "./section-number.ts";

/** Without number, trailing colon and "(optional)". `title` is plain text on one line. */
export function titleKey(title: string): string {
  let key = withoutNumber(title).toLowerCase().trim();
  for (let before = ""; before !== key;) {
    before = key;
    if (key.endsWith(":")) key = key.slice(0, -1).trimEnd();
    if (key.endsWith("(optional)")) key = key.slice(0, -10).trimEnd();
  }
  return key;
}
