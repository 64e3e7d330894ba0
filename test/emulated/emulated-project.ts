/** A workspace whose target is an emulated vendor, and what has come of both in a form in which two runs can be compared. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { skippingClock } from "../conformance/emulated-stage.ts";
import { makeProject, type Project, type World } from "../harness/project.ts";
import { targetYaml, type RunningVendor } from "./emulated-vendors.ts";

/** Waiting takes no time: the emulator's clock jumps with it. */
export async function emulatedProject(vendor: RunningVendor, files: Readonly<Record<string, string>>, more = "", world: World = {}): Promise<Project> {
  return makeProject(files, emulatedConfig(vendor, more), { ...emulatedWorld(vendor), ...world });
}

export function emulatedConfig(vendor: RunningVendor, more = "", id = "test"): string {
  return `id: ${id}
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: ${targetYaml(vendor, more)}
`;
}

export function emulatedWorld(vendor: RunningVendor): World {
  return { clock: skippingClock(vendor.clock), env: vendor.credentials, anyBranch: true };
}

export interface EmulatedOutcome {
  readonly tickets: readonly unknown[];
  readonly specs: Readonly<Record<string, string>>;
}

/** Every ticket that people see, and every file below specs/; keys are called by the titles of their tickets. */
export async function emulatedOutcome(vendor: RunningVendor, root: string): Promise<EmulatedOutcome> {
  const views = vendor.people.keys().map((key) => vendor.people.show(key));
  const titles = new Map(views.map(({ key, title }) => [key, title] as const));
  const named = (text: string): string =>
    [...titles].sort(([a], [b]) => b.length - a.length).reduce((at, [key, title]) => at.replaceAll(key, `‹${title}›`), text);
  const tickets = views.map(({ title, body, type, status, parent, labels, comments }) => ({
    ...{ title, type, status, labels: [...labels].sort(), comments: comments.length },
    parent: parent === null ? null : (titles.get(parent) ?? parent),
    // What Canon keeps for itself within a text is compared by its effect: the plan after it is empty.
    body: body.replace(/\n*<!-- canon:base:[^>]*-->\s*$/, "").replace(/"localId":"[^"]*"/g, '"localId":""'),
  }));
  return { tickets: tickets.sort((a, b) => (a.title < b.title ? -1 : 1)), specs: await specsOf(root, named) };
}

async function specsOf(root: string, named: (text: string) => string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(join(root, "specs"), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
  return Object.fromEntries(
    paths.map((path, index) => [path, (texts[index] ?? "").replace(/(?<=canon:ticket:[a-z]+:)\S+(?= -->)/g, (key) => named(decodeURIComponent(key)))]),
  );
}
