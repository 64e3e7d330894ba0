/** What answers change in specs, written into a folder of their own, one after the other: each sees the specs as those before it left them. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAddress } from "../../core/address.ts";
import { ANSWERS } from "../../core/bot/propose.ts";
import type { BotAnswer } from "../../core/model/bot-answer.ts";
import type { Decision } from "../../core/model/decision.ts";
import type { Change, Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { checkSplice } from "../../core/spec/check-splice.ts";
import type { SectionEdit } from "../../core/spec/section-edit.ts";
import { spliceSpec } from "../../core/spec/splice-section.ts";
import { AddressError } from "../check-addresses.ts";
import { gather } from "../gather.ts";
import { parseWithKeys } from "../parse-with-keys.ts";
import { readSpecs } from "../read-specs.ts";
import type { Workspace } from "../workspace.ts";
import type { CommitWorkspace } from "./open-at-commit.ts";
import { filesOf, type ProposedFile } from "./proposed-files.ts";
import { writeTombstone } from "./write-tombstone.ts";

export interface AnsweredSpecs {
  /** As all of them together leave the specs. */
  readonly files: readonly ProposedFile[];
  /** What people read of it; answers that only write a marker have none. */
  readonly changes: readonly Change[];
  /** Why some cannot be written, by the question. */
  readonly refused: ReadonlyMap<string, string>;
}

type Written =
  | { readonly ok: true; readonly files: readonly ProposedFile[]; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly why: string };

export async function writeAnswers(answers: readonly BotAnswer[], { workspace, prefix }: CommitWorkspace): Promise<AnsweredSpecs> {
  const files = new Map<string, ProposedFile>();
  const changes: Change[] = [];
  const refused = new Map<string, string>();
  for (const answer of answers) {
    const written = await edit(answer, workspace, prefix);
    if (!written.ok) {
      refused.set(answer.question, written.why);
      continue;
    }
    for (const file of written.files) {
      files.set(file.path, file);
      await writeFile(join(workspace.root, file.path.slice(prefix.length)), file.text);
    }
    changes.push(...written.changes);
  }
  return { files: [...files.values()], changes, refused };
}

async function edit(answer: BotAnswer, workspace: Workspace, prefix: string): Promise<Written> {
  const { word, address, target } = answer;
  const key = answer.key ?? "";
  if (address === null) return { ok: false, why: "The section is not known." };
  switch (word) {
    case "add":
      return planned({ kind: "accept", address, target, key }, "forward", workspace, prefix);
    case "keep-tracker":
      return planned({ kind: "keep", address, field: null, keep: "tracker" }, "back", workspace, prefix);
    case "deprecated":
    case "skip":
      return marked(address, word, workspace, prefix);
    case "close":
    case "forget":
      return buried(address, { target, key, mode: word }, workspace, prefix);
    case "out-of-scope":
    case "keep-spec":
    case "open-again":
    case "recreate":
    case "adopt":
      throw new Error(`${word} changes no spec`);
  }
}

/** As `canon ticket accept` and `canon resolve` plan it. */
async function planned(
  decision: Extract<Decision, { readonly address: string }>,
  direction: Selection["direction"],
  workspace: Workspace,
  prefix: string,
): Promise<Written> {
  const selection: Selection = {
    ...{ addresses: [decision.address], exclude: [], targets: [], includeDone: true },
    ...{ ...FORWARD, direction, decisions: [decision], vouches: true },
  };
  try {
    const gathered = await gather(workspace, { selection, anyBranch: true });
    try {
      const { changes: all, diagnostics } = gathered.made.plan;
      const changes = all.filter(({ edits }) => edits.length > 0);
      const files = changes.length === 0 ? null : filesOf({ spec: ANSWERS, changes, print: "" }, gathered, workspace, prefix);
      if (files !== null) return { ok: true, files, changes };
      const errors = diagnostics.flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
      return { ok: false, why: errors.join(" ") || "What the ticket says cannot be written into the spec: canon pull tells more." };
    } finally {
      await gathered.close();
    }
  } catch (error) {
    if (error instanceof AddressError) return { ok: false, why: error.message };
    throw error;
  }
}

async function buried(
  address: string,
  { target, key, mode }: { readonly target: string; readonly key: string; readonly mode: "close" | "forget" },
  workspace: Workspace,
  prefix: string,
): Promise<Written> {
  const system = workspace.config.targets.find(({ name }) => name === target)?.system;
  if (system === undefined) return { ok: false, why: `${target} is no target of the configuration any more.` };
  const written = await writeTombstone(address, { kind: "removed", system, key, mode }, workspace);
  return written.ok ? { ok: true, files: await changed(written.path, written.text, workspace, prefix), changes: [] } : written;
}

async function changed(path: string, text: string, workspace: Workspace, prefix: string): Promise<readonly ProposedFile[]> {
  return text === (await readFile(join(workspace.root, path), "utf8")) ? [] : [{ path: prefix + path, text }];
}

async function marked(address: string, as: "deprecated" | "skip", workspace: Workspace, prefix: string): Promise<Written> {
  const at = parseAddress(address);
  const doc = (await readSpecs(workspace)).docs.find(({ path }) => path === at?.path);
  const section = doc?.sections.find(({ id }) => id === at?.id);
  if (doc === undefined || section === undefined) return { ok: false, why: `No section has the address ${address}.` };
  const edits: readonly SectionEdit[] = [
    as === "skip"
      ? { section: section.index, skip: true }
      : { section: section.index, system: { id: section.id, status: "deprecated", generation: section.generation } },
  ];
  const text = spliceSpec(doc, edits, workspace.parser);
  const problem = checkSplice(doc, parseWithKeys(doc.path, text, workspace), edits);
  if (problem !== null) return { ok: false, why: problem.message };
  return { ok: true, files: await changed(doc.path, text, workspace, prefix), changes: [] };
}
