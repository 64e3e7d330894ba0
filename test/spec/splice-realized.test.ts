/** New `realized-in` markers: behind those that stand, in the file's own line ends, and every other byte as it was. */

import { fc } from "../harness/property.ts";
import { expect, it } from "vitest";
import type { RealizedMarker } from "../../src/core/model/marker.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import { spliceSpec } from "../../src/core/spec/splice-section.ts";
import { document } from "./arbitrary-document.ts";
import { parse, satteri } from "./parsing.ts";
import { edited } from "./splicing.ts";

const realized = (path: string, pullRequest = 7): RealizedMarker => ({ kind: "realized-in", pullRequest, path, lines: null });

it("stand behind the other markers", () => {
  const text =
    "# A\n\n## B\n<!-- canon:ticket:local:PAY-1 -->\n<!-- canon:system:b status:todo -->\n<!-- canon:realized-in:PR#6 x.ts -->\n<!-- canon:later -->\n\nText.\n";
  const system = { id: "b", status: "in_progress", generation: 1 } as const;
  expect(edited(text, () => ({ section: 2, system, realized: [realized("a b.ts"), realized("c.ts")] }))).toBe(
    "# A\n\n## B\n<!-- canon:ticket:local:PAY-1 -->\n<!-- canon:system:b status:in_progress -->\n<!-- canon:realized-in:PR#6 x.ts -->\n<!-- canon:realized-in:PR#7 a%20b.ts -->\n<!-- canon:realized-in:PR#7 c.ts -->\n<!-- canon:later -->\n\nText.\n",
  );
});

it("stand under a heading that has none, with its line end", () => {
  expect(edited("A\r\n===\r\n\r\nB\r\n---\r\nText.", () => ({ section: 2, realized: [realized("x:12-->.ts")] }))).toBe(
    "A\r\n===\r\n\r\nB\r\n---\r\n<!-- canon:realized-in:PR#7 x%3A12--%3E.ts -->\r\nText.",
  );
});

it("are read again as they were meant, over random documents", () => {
  const path = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(document, fc.nat(), fc.array(path, { minLength: 1, maxLength: 3 }), (text, nth, paths) => {
      const doc = parse(text);
      const section = nth % doc.sections.length;
      const edit = { section, realized: paths.map((one) => realized(one.toWellFormed())) };
      const result = spliceSpec(doc, [edit], satteri);
      const after = parse(result);
      // Whatever the post-condition refuses is not written.
      fc.pre(checkSplice(doc, after, [edit]) === null);
      const found = (after.sections[section]?.markers ?? []).flatMap(({ value }) =>
        value.kind === "realized-in" && value.pullRequest === 7 ? [value.path] : [],
      );
      expect(found).toEqual(paths.map((one) => one.toWellFormed()));
      const lines = result.split(/(?<=\n)|(?<=\r)(?!\n)/);
      const added = lines.filter((line) => line.includes("canon:realized-in:PR#7"));
      expect(added).toHaveLength(paths.length);
    }),
    { numRuns: 150 },
  );
});
