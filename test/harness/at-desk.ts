/** Short ways to do what people do between two runs, and to count what a plan found. */

import { expect } from "vitest";
import type { Plan } from "../../src/core/model/plan.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import type { Project } from "./project-at.ts";

export async function atDesk<T>(project: Project, act: (desk: LocalDesk) => Promise<T>): Promise<T> {
  const desk = await project.desk();
  try {
    return await act(desk);
  } finally {
    await desk.end();
  }
}

/** Fails when the edit changes nothing: then the test would show nothing. */
export async function editFile(project: Project, path: string, change: (text: string) => string): Promise<void> {
  const text = await project.read(path);
  const next = change(text);
  expect(next).not.toBe(text);
  await project.write(path, next);
}

export function counts({ changes, observed, conflicts, questions, orphans }: Plan): Readonly<Record<keyof typeof QUIET, number>> {
  return {
    creates: changes.filter(({ action }) => action === "create").length,
    changes: changes.length,
    observed: observed.length,
    conflicts: conflicts.length,
    questions: questions.length,
    orphans: orphans.length,
  };
}

export const QUIET = { creates: 0, changes: 0, observed: 0, conflicts: 0, questions: 0, orphans: 0 };
