/** How people edit an Atlassian document: nodes are blocks, and a task's box is a state. */

import { isDone } from "../../src/trackers/jira/adf/blocks-from-adf.ts";
import { adfWords, isAdfNode, textAttr, type AdfNode } from "../../src/trackers/jira/adf/adf-node.ts";
import { adfToMarkdown } from "../../src/trackers/jira/jira-text.ts";
import type { TextFormat } from "../../src/core/text/text-format.ts";
import type { CriterionEdit } from "../../src/trackers/local-desk.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import type { Blocks, NativeText } from "./native-text.ts";

/** `format` stands in for the editor's own way of making a document of what is typed. */
export function adfText(format: TextFormat): NativeText {
  const block = (markdown: string): AdfNode => firstOf(nodesIn(format.print({ blocks: [markdown], criteria: [], footer: "" })));
  const task = (text: string, checked: boolean): AdfNode =>
    firstOf(
      nodesIn(format.print({ blocks: [], criteria: [{ text, checked }], footer: "" })).flatMap((node) =>
        node.type === "taskList" ? (node.content ?? []) : [],
      ),
    );
  return {
    markdown: (native) => adfToMarkdown(documentIn(native)),
    blocks: (native): Blocks => {
      const nodes = nodesIn(native);
      const end = nodes.findIndex(isGenerated);
      const texts = nodes.map((node) => JSON.stringify(node));
      return { own: texts.slice(0, end < 0 ? texts.length : end), rest: end < 0 ? [] : texts.slice(end) };
    },
    join: (blocks) => `{"type":"doc","version":1,"content":[${blocks.join(",")}]}`,
    block: (markdown) => JSON.stringify(block(markdown)),
    criteria: (native) => format.parse(native).criteria.map(({ text, checked }) => ({ text, checked })),
    criterion: (native, edit) => printed(edited(nodesIn(native), edit, task)),
    swap: (native) => {
      let told: string | null = null;
      const nodes = nodesIn(native).map((node) => {
        const [a, b, ...more] = node.content ?? [];
        if (told !== null || node.type !== "taskList" || a?.type !== "taskItem" || b?.type !== "taskItem") return node;
        told = `"${adfWords(b)}" before "${adfWords(a)}"`;
        return { ...node, content: [b, a, ...more] };
      });
      return told === null ? null : { native: printed(nodes), told };
    },
  };
}

function isGenerated(node: AdfNode): boolean {
  const words = adfWords(node);
  return node.type === "rule" || node.type === "taskList" || (node.type === "heading" && /^Acceptance/i.test(words)) || words.includes("From specs/");
}

function documentIn(native: string): AdfNode {
  const document: unknown = native === "" ? { type: "doc", content: [] } : JSON.parse(native);
  if (!isAdfNode(document)) throw new Error(`the emulated Jira keeps what is no document: ${native}`);
  return document;
}

function nodesIn(native: string): readonly AdfNode[] {
  return documentIn(native).content ?? [];
}

function printed(nodes: readonly AdfNode[]): string {
  return JSON.stringify({ type: "doc", version: 1, content: nodes });
}

function firstOf(nodes: readonly AdfNode[]): AdfNode {
  const [first] = nodes;
  if (!first) throw new Error("nothing was written");
  return first;
}

type WriteTask = (text: string, checked: boolean) => AdfNode;

function edited(nodes: readonly AdfNode[], edit: CriterionEdit, task: WriteTask): readonly AdfNode[] {
  if (edit.kind === "add") return added(nodes, task(edit.text, false));
  let left = Number(edit.which);
  let isFound = false;
  const instead = (item: AdfNode): readonly AdfNode[] => {
    left -= 1;
    if (left !== 0) return [item];
    isFound = true;
    switch (edit.kind) {
      case "remove":
        return [];
      case "tick":
      case "untick":
        return [{ ...item, attrs: { ...item.attrs, state: edit.kind === "tick" ? "DONE" : "TODO" } }];
      case "reword":
        return [{ ...task(edit.text, isDone(item)), attrs: item.attrs ?? {} }];
    }
  };
  const next = nodes.flatMap((node) => {
    if (node.type !== "taskList") return [node];
    const content = (node.content ?? []).flatMap((item) => (item.type === "taskItem" ? instead(item) : [item]));
    return content.length === 0 ? [] : [{ ...node, content }];
  });
  if (!isFound) throw new TrackerError("invalid", `There is no task ${edit.which} here.`);
  return next;
}

/** Below the last one; where there is none, under the heading above the footer. */
function added(nodes: readonly AdfNode[], item: AdfNode): readonly AdfNode[] {
  const last = nodes.findLastIndex(({ type }) => type === "taskList");
  if (last >= 0) return nodes.map((node, index) => (index === last ? { ...node, content: [...(node.content ?? []), item] } : node));
  const list = { type: "taskList", attrs: { localId: `${textAttr(item, "localId")}-list` }, content: [item] };
  const heading = nodes.findLastIndex((node) => node.type === "heading" && /^Acceptance/i.test(adfWords(node)));
  if (heading >= 0) return [...nodes.slice(0, heading + 1), list, ...nodes.slice(heading + 1)];
  const rule = nodes.findLastIndex(({ type }) => type === "rule");
  const at = rule < 0 ? nodes.length : rule;
  const made = { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Acceptance criteria" }] };
  return [...nodes.slice(0, at), made, list, ...nodes.slice(at)];
}
