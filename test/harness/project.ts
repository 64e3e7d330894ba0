/** A real workspace in a temporary folder with the local tracker: what most tests of plan and apply stand on. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { projectAt, type Project, type World } from "./project-at.ts";

export type { Project, World } from "./project-at.ts";

export const LOCAL_CONFIG = `id: test
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY }
`;

export async function makeProject(files: Readonly<Record<string, string>>, config: string = LOCAL_CONFIG, world: World = {}): Promise<Project> {
  const root = await mkdtemp(join(tmpdir(), "canon-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const project = projectAt(root, world);
  await project.write("canon.config.yaml", config);
  for (const [path, text] of Object.entries(files)) await project.write(path, text);
  return project;
}
