/** The questions of `canon init`, with what was found as their preset answers. */

import { isCancel, select, text } from "@clack/prompts";
import type { SectionRule } from "../core/model/config.ts";
import { SYSTEMS, type System } from "../core/model/system.ts";
import { defaultAnswers, type InitAnswers, type InitFindings } from "../operations/init.ts";
import { SYSTEM_WORDS } from "../views/init-text.ts";

const OUTPUT = { output: process.stderr };
const RULE_WORDS: readonly (readonly [SectionRule, string])[] = [
  ["marked", "only those I mark"],
  ["criteria", "with criteria"],
  ["numbered", "numbered"],
  ["all", "every h2–h4"],
];

/** null: somebody left. */
export async function askForInit(findings: InitFindings, preset: InitAnswers): Promise<InitAnswers | null> {
  const system = await select<System>({
    ...OUTPUT,
    message: "Which tracker?",
    initialValue: preset.system,
    options: SYSTEMS.toReversed().map((value) => ({ value, label: SYSTEM_WORDS[value] })),
  });
  if (isCancel(system)) return null;
  const suggested = system === preset.system ? preset : defaultAnswers(findings, system);
  const project = await text({
    ...OUTPUT,
    message: "Which project?",
    initialValue: suggested.project,
    validate: (value) => (value?.trim() ? undefined : "A project has a key or a name."),
  });
  if (isCancel(project)) return null;
  const include = await askFolder(findings, suggested);
  if (include === null) return null;
  const sections = await askSections(findings, include, suggested.sections);
  return sections === null ? null : { ...suggested, project: project.trim(), include: [include], sections };
}

async function askFolder({ folders }: InitFindings, { include }: InitAnswers): Promise<string | null> {
  const [preset = ""] = include;
  const found = folders.map((folder) => ({ value: folder.include, label: folder.include, hint: `${folder.files} files` }));
  const other = "";
  const chosen =
    found.length === 0
      ? other
      : await select({ ...OUTPUT, message: "Where are the specs?", initialValue: preset, options: [...found, { value: other, label: "somewhere else" }] });
  if (isCancel(chosen)) return null;
  if (chosen !== other) return chosen;
  const typed = await text({ ...OUTPUT, message: "Where are the specs? A glob:", initialValue: preset });
  return isCancel(typed) ? null : typed;
}

async function askSections({ folders }: InitFindings, include: string, preset: SectionRule): Promise<SectionRule | null> {
  const counts = folders.find((folder) => folder.include === include)?.counts;
  const options = RULE_WORDS.map(([value, label]) => ({ value, label: counts === undefined ? label : `${label}  ${counts[value]}` }));
  const chosen = await select<SectionRule>({ ...OUTPUT, message: "Which sections become tickets?", initialValue: preset, options });
  return isCancel(chosen) ? null : chosen;
}
