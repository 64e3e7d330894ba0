/** The desk of a target by its name, for projects that have several. */

import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { openLocalDesk } from "../../src/wiring.ts";
import type { Project } from "./project-at.ts";

export async function atDeskOf<T>(project: Project, name: string, act: (desk: LocalDesk) => Promise<T>): Promise<T> {
  const { config, parser, env, clock } = await project.open({ CANON_USER: "rio" });
  const target = config.targets.find((one) => one.name === name);
  if (!target) throw new Error(`the project has no target ${name}`);
  const desk = await openLocalDesk(target, { root: project.root, parser, env, now: () => clock.now() });
  try {
    return await act(desk);
  } finally {
    await desk.end();
  }
}
