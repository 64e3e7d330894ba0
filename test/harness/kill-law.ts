/** The law of killing: however often a run died, the run that is let through comes to what a run that nobody disturbed came to. */

import { rm } from "node:fs/promises";
import { expect } from "vitest";
import { EXIT } from "../../src/core/model/exit-code.ts";
import { applyInChild, copyOf, type Death } from "./kill.ts";
import { outcomeOf, unrest, unsettled, type Outcome } from "./outcome.ts";
import type { Project } from "./project-at.ts";
import { skippingClock } from "./skipping-clock.ts";

/** A project before the run, and what an undisturbed run made of it. */
export interface Undisturbed {
  readonly start: Project;
  readonly outcome: Outcome;
  /** The moments of that run, in order: the first is moment 1. */
  readonly labels: readonly string[];
}

export async function undisturbed(start: Project): Promise<Undisturbed> {
  const project = await copyOf(start);
  const labels = await labelsOf(project);
  expect(unrest(await project.plan())).toEqual([]);
  return { start, outcome: await outcomeOf(project), labels };
}

/** Applies to the end, in a process of its own. */
async function labelsOf(project: Project, exitCode = 0): Promise<readonly string[]> {
  const end = await applyInChild(project.root, { moment: 0 });
  if (end.killed) throw new Error("nobody was to be killed");
  expect(end.exitCode).toBe(exitCode);
  return end.labels;
}

/** Dies as told, one run after the other, then runs through. Answers how long that last run waited. */
export async function dieAndRerun({ start, outcome, labels }: Undisturbed, deaths: readonly Death[]): Promise<number> {
  const project = await copyOf(start);
  const where = deaths.map(({ moment, way = "" }) => `${moment} ${way}`).join(", then ");
  const what = `killed at ${where} (first: ${labels[(deaths[0]?.moment ?? 0) - 1] ?? "?"})`;
  for (const death of deaths) expect(await applyInChild(project.root, death), what).toEqual({ killed: true });
  const clock = skippingClock();
  const report = await project.within({ clock }).apply();
  expect(report.exitCode, what).toBe(0);
  expect(await outcomeOf(project), what).toEqual(outcome);
  expect(unrest(await project.plan()), what).toEqual([]);
  expect(await unsettled(project), what).toEqual([]);
  await rm(project.root, { recursive: true, force: true });
  return clock.waited();
}

/** The moments of the run after such a death. */
export async function labelsAfter({ start }: Undisturbed, death: Death): Promise<readonly string[]> {
  const project = await copyOf(start);
  await applyInChild(project.root, death);
  return labelsOf(project);
}

/** The moments of a run on the start as it is by now, which does not do all. */
export async function labelsOfPart({ start }: Undisturbed): Promise<readonly string[]> {
  return labelsOf(await copyOf(start), EXIT.partly);
}

export function momentsOf(labels: readonly string[], wanted: (label: string) => boolean = () => true): readonly number[] {
  return labels.flatMap((label, index) => (wanted(label) ? [index + 1] : []));
}
