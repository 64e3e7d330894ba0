import { it } from "vitest";
import { readFileSync } from "node:fs";
import { satteri, parse } from "./parsing.ts";
import { spliceSpec, lineEditsOf } from "../../src/core/spec/splice-section.ts";
import { checkSplice } from "../../src/core/spec/check-splice.ts";
import { selectSections } from "../../src/core/spec/select-sections.ts";
it("x", () => {
  for (const f of ["open/tektoncd+community/teps/0086-changing-the-way-result-parameters-are-stored.md","open/MicrosoftEdge+MSEdgeExplainers/Accessibility/CaretBrowsing/i2i.md","open/CRJFisher+ariadne/backlog/tasks/epics/epic-11-codebase-restructuring/task-epic-11.139.10-Update-Documentation.md","edge/atx-indented.md"]) {
    const t = readFileSync("/work/shared/corpus/" + f, "utf8");
    const doc = parse(t, f);
    const choices = selectSections(doc, { rule: "all", excludeHeadings: [], depths: new Set([1,2,3]) }).choices;
    for (const [section, c] of choices.entries()) {
      if (!c.item || section === 0) continue;
      const edit = { section, criteria: { now: c.criteria, wanted: [{ was: null, text: "first", checked: false }, ...c.criteria.map((x, was) => ({ was, text: x.text, checked: x.checked }))] } };
      const out = spliceSpec(doc, [edit], satteri);
      const p = checkSplice(doc, parse(out, f), [edit]);
      if (p) console.log(f, p.message, JSON.stringify(lineEditsOf(t, out, "")), out.split("\n").slice((doc.sections[section]?.heading?.line ?? 1) - 2, (doc.sections[section]?.heading?.line ?? 1) + 12).join("\n"));
    }
  }
});
