/** The criteria of a Jira Cloud description: tasks, and what people made of them. */

import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import type { TextCriterion } from "../../../core/text/text-format.ts";
import { oneLine } from "../../../core/text/ticket-criteria.ts";
import type { AdfNode } from "./adf-node.ts";
import { blocksFromAdf, isDone } from "./blocks-from-adf.ts";
import { canonicalAdf, canonicalAdfInline } from "./canonical-adf.ts";
import { inlineFromAdf } from "./inline-from-adf.ts";

/** Of one list below the generated heading; a task inside another is a criterion of its own. */
export function adfCriteria(list: AdfNode): readonly TextCriterion[] {
  return (list.content ?? []).flatMap((item) => {
    if (item.type === "taskList") return adfCriteria(item);
    if (item.type === "taskItem") return criterion(isDone(item), item.content ?? [], []);
    return itemCriteria(item);
  });
}

/** What people put below a criterion (a paragraph, bullets) is read as the rest of its words: shown, never lost. */
function itemCriteria(item: AdfNode): readonly TextCriterion[] {
  const content = item.content ?? [];
  const [first] = content;
  const [own, ...siblings] = first?.type === "taskList" ? (first.content ?? []) : [];
  const isTask = own?.type === "taskItem" && siblings.length === 0;
  const rest = isTask || first?.type === "paragraph" ? content.slice(1) : content;
  const words = (isTask ? own.content : first?.type === "paragraph" ? first.content : undefined) ?? [];
  const nested = rest.filter(({ type }) => type === "taskList");
  const below = rest.filter(({ type }) => type !== "taskList");
  return [...criterion(isDone(isTask ? own : item), words, below), ...nested.flatMap(adfCriteria)];
}

function criterion(checked: boolean, words: readonly AdfNode[], below: readonly AdfNode[]): readonly TextCriterion[] {
  const line = words.map((node): AdfNode => (node.type === "hardBreak" ? { type: "text", text: " " } : node));
  const inline = printMarkdown({ type: "paragraph", children: inlineFromAdf(line, { unsayable: "carry", breaks: "blank" }) });
  const rest = below.length === 0 ? "" : printMarkdown({ type: "root", children: blocksFromAdf(below, "carry") });
  const text = oneLine(`${inline} ${rest}`);
  const canonical = [canonicalAdfInline(line), ...below.map(canonicalAdf)].join(" ").trim();
  return text === "" || canonical === "" ? [] : [{ text, checked, canonical }];
}
