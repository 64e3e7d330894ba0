/** What a project has come to, in a form in which two runs can be compared: keys are called by the titles of their tickets. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plan } from "../../src/core/model/plan.ts";
import { listRuns } from "../../src/io/journal.ts";
import { readClaims, stateDirOf } from "../../src/io/state.ts";
import type { Project } from "./project-at.ts";

export interface Outcome {
  readonly tickets: readonly unknown[];
  readonly specs: Readonly<Record<string, string>>;
}

/** Every ticket there is, Canon's or not, and every file below specs/ to the byte. */
export async function outcomeOf(project: Project): Promise<Outcome> {
  const desk = await project.desk();
  const all = await desk.list({ archived: true });
  await desk.end();
  const title = new Map(all.map((ticket) => [ticket.key, ticket.title] as const));
  const tickets = all.map(({ title: name, type, status, labels, parent, body, base, token }) => ({
    ...{ title: name, type, status, labels, parent: parent === null ? null : (title.get(parent) ?? parent), body, token },
    base: base && { address: base.address, workspace: base.workspace, token: base.token, hash: base.hash },
  }));
  return { tickets: tickets.sort((a, b) => (a.title < b.title ? -1 : 1)), specs: await specsOf(project, title) };
}

async function specsOf({ root }: Project, title: ReadonlyMap<string, string>): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(join(root, "specs"), { recursive: true, withFileTypes: true });
  const paths = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
  return Object.fromEntries(
    paths.map((path, index) => [path, (texts[index] ?? "").replace(/(?<=canon:ticket:local:)[A-Z]+-\d+/g, (key) => title.get(key) ?? key)]),
  );
}

/** What a plan would still do or ask; empty when specs and tickets match. */
export function unrest({ changes, observed, conflicts, questions, orphans, diagnostics }: Plan): readonly string[] {
  return [
    ...[...changes, ...observed, ...conflicts].map(({ action, address, reason }) => `${action} ${address} (${reason})`),
    ...questions.map(({ kind, address }) => `question ${kind} ${address ?? ""}`),
    ...orphans.map(({ key }) => `orphan ${key}`),
    ...diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
  ];
}

/** Runs that are damaged or unfinished, and claims that nobody needs any more: none, once all is done. */
export async function unsettled(project: Project): Promise<readonly string[]> {
  const { disk, root } = await project.open();
  const stateDir = await stateDirOf(disk, root);
  const runs = await listRuns(disk, stateDir);
  const claims = await readClaims(disk, stateDir);
  return [
    ...runs
      .filter(({ problem, end, inDoubt, start }) => problem !== null || inDoubt > 0 || (end === null && start !== null))
      .map(({ run, problem, inDoubt }) => `run ${run}: ${problem?.message ?? `${inDoubt} in doubt`}`),
    ...claims.map(({ key }) => `claim ${key}`),
  ];
}
