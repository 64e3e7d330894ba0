/** Counts the requests of 1,000 sections in three levels on every emulated vendor, against the table of FACTS.md. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatedConfig, emulatedWorld } from "../test/emulated/emulated-project.ts";
import { startVendor, VENDOR_NAMES, type RunningVendor, type VendorName } from "../test/emulated/emulated-vendors.ts";
import { projectAt } from "../test/harness/project-at.ts";
import { guardWindow } from "../src/operations/apply/guard-window.ts";
import type { RequestCount } from "./requests.ts";

const EPICS = 40;
const STORIES = 4;
const TASKS = 5;
const LEVELS = [EPICS, EPICS * STORIES, EPICS * STORIES * TASKS] as const;
const N = LEVELS[0] + LEVELS[1] + LEVELS[2];
const PARENTS = LEVELS[0] + LEVELS[1];
/** What a run may ask beyond its tickets. */
const SPARE = 5;

/** The vendors' largest pages and batches, from FACTS.md ("Fewest requests"). */
interface Sizes {
  readonly read: number;
  readonly create: number;
  readonly update: number;
  /** Bases that the vendor does not take with a create are written in batches of this size afterwards; null: it does. */
  readonly echo: number | null;
  /** Parents in one question about the tickets of people below them. */
  readonly parents: number;
  /** Every ticket of the bench may have others below it: there are no types, or a User Story takes Tasks. */
  readonly typeless: boolean;
  /** Tickets in a page of the list by mark, where the list holds no contents; null: the list is the read. */
  readonly list: number | null;
}

const SIZES: Readonly<Record<VendorName, Sizes>> = {
  "jira-cloud": { read: 100, create: 50, update: 1, echo: null, parents: 100, typeless: false, list: 1_000 },
  "jira-data-center": { read: 100, create: 50, update: 1, echo: null, parents: 100, typeless: false, list: 1_000 },
  linear: { read: 250, create: 50, update: 25, echo: 25, parents: 250, typeless: true, list: 250 },
  github: { read: 100, create: 20, update: 25, echo: null, parents: 100, typeless: true, list: null },
  azure: { read: 200, create: 200, update: 200, echo: 200, parents: 200, typeless: true, list: 20_000 },
};

export async function countVendorRequests(): Promise<readonly RequestCount[]> {
  const counts: RequestCount[] = [];
  for (const name of VENDOR_NAMES) counts.push(...(await countVendor(name)));
  return counts;
}

export async function countVendor(name: VendorName): Promise<readonly RequestCount[]> {
  const vendor = await startVendor(name);
  const root = mkdtempSync(join(tmpdir(), "canon-requests-"));
  try {
    mkdirSync(join(root, "specs"));
    writeFileSync(join(root, "canon.config.yaml"), emulatedConfig(vendor));
    for (let epic = 0; epic < EPICS; epic += 1) writeFileSync(join(root, "specs", `${epic}.md`), chapter(epic));
    const project = projectAt(root, emulatedWorld(vendor));
    const { read, create, update, echo, parents, typeless, list } = SIZES[name];
    const pages = Math.ceil(N / read);
    const discovery = Math.ceil((typeless ? N : PARENTS) / parents) + (list === null ? 0 : Math.ceil(N / list));
    const creates = LEVELS.reduce((sum, level) => sum + Math.ceil(level / create), 0);
    await applied(project);
    const created = taken(vendor);
    // Indexes have caught up by the time somebody comes back.
    vendor.clock.advance(60_000);
    await project.plan();
    const quiet = taken(vendor);
    for (let epic = 0; epic < EPICS; epic += 1)
      writeFileSync(join(root, "specs", `${epic}.md`), readFileSync(join(root, "specs", `${epic}.md`), "utf8").replaceAll("never loses", "does not lose"));
    await applied(project);
    const updated = taken(vendor);
    // Guards are read right before their batch is written, as many at once as apply takes together.
    const guards = LEVELS.reduce((sum, level) => sum + Math.ceil(level / guardWindow({ read, create, update })), 0);
    const echoes = echo === null ? 0 : LEVELS.reduce((sum, level) => sum + Math.ceil(level / Math.min(create, echo)), 0) + creates;
    // Data Center reads properties one by one where they are not known yet.
    const cold = name === "jira-data-center" ? N : 0;
    return [
      counted(`${name}: create ${N}`, creates + echoes + discovery + SPARE, created),
      counted(`${name}: plan, nothing changed`, pages + discovery + cold + SPARE, quiet),
      counted(`${name}: update ${N}`, pages + discovery + cold + guards + Math.ceil(N / update) + (echo === null ? 0 : Math.ceil(N / echo)) + SPARE, updated),
    ];
  } finally {
    await vendor.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function applied(project: ReturnType<typeof projectAt>): Promise<void> {
  const report = await project.apply();
  if (report.exitCode !== 0) throw new Error(JSON.stringify(report.results.filter(({ state }) => state !== "done").slice(0, 3)));
}

function taken({ requests }: RunningVendor): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { operation } of requests.slice(seen.get(requests) ?? 0)) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  seen.set(requests, requests.length);
  return counts;
}

/** How much of a log was counted already. */
const seen = new WeakMap<object, number>();

function counted(name: string, limit: number, counts: ReadonlyMap<string, number>): RequestCount {
  const made = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { name, limit, made, details: [...counts].map(([operation, count]) => `${operation} ${count}`).join(", ") };
}

function chapter(epic: number): string {
  const stories = Array.from({ length: STORIES }, (_s, story) => {
    const tasks = Array.from({ length: TASKS }, (_t, task) => `#### Task ${epic}.${story}.${task}\n\nIt never loses ${task}.\n`);
    return [`### Story ${epic}.${story}\n\nIt never loses a story.\n\n- [ ] works\n`, ...tasks].join("\n");
  });
  return [`## Epic ${epic}\n\nIt never loses an epic.\n`, ...stories].join("\n");
}
