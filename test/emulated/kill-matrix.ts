/** Exactly once, for real: the sender dies at every request of a run over HTTP, and the run that is let through leaves one ticket per section. */

import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { EXIT } from "../../src/core/model/exit-code.ts";
import { twoAtATime } from "../harness/kill.ts";
import { unrest, unsettled } from "../harness/outcome.ts";
import { emulatedOutcome, emulatedProject, type EmulatedOutcome } from "./emulated-project.ts";
import { startVendor, type RunningVendor, type VendorName } from "./emulated-vendors.ts";
import { fortySections } from "./forty-sections.ts";

const CHILD = join(import.meta.dirname, "emulated-child.ts");
const COMPILE_CACHE = join(tmpdir(), "canon-test-compile-cache");

/** before: nothing of the request happens. after: it is carried out, the answer is lost. late: it lands when D has nearly passed. */
type Way = "before" | "after" | "late";

const FAULTS = { before: "die-before", after: "die-after", late: "late" } as const;

/** D is 120 s without client ids; late requests land within it. */
const LATE = 100_000;

export interface Disturbance {
  readonly name: string;
  /** Called before every request of the run that is killed. */
  readonly meanwhile?: (vendor: RunningVendor, request: number) => void;
  /** What nobody could know: the rerun may say so (exit 8) instead. */
  readonly mayDoubt?: boolean;
}

export const NOBODY: Disturbance = { name: "with nobody else about" };

/** People's tickets take numbers between Canon's own. */
export const OTHER_PEOPLE: Disturbance = {
  name: "while people create tickets",
  meanwhile: (vendor, request) => void vendor.people.create({ title: `Of people ${request}` }),
};

/** A number that cannot be read may be the lost ticket: then nobody can know, and the run says so. */
export const HIDDEN_TICKETS: Disturbance = {
  name: "among tickets that the account may not see",
  meanwhile: ({ people }, request) => void people.hide(people.create({ title: `Hidden ${request}` }), true),
  mayDoubt: true,
};

export function killMatrix(name: VendorName, disturbance: Disturbance, ways: readonly Way[], every = 1): void {
  describe(`${name}, ${disturbance.name}`, () => {
    it("killed at every request, a rerun leaves one ticket per section and every marker", async () => {
      const calm = await undisturbed(name);
      const moments = Array.from({ length: calm.requests }, (_, index) => index + 1).filter((moment) => moment % every === 0 || moment === 1);
      await twoAtATime(
        ways.flatMap((way) => moments.map((moment) => ({ way, moment }))),
        async ({ way, moment }) => dieAndRerun(name, way, moment, calm, disturbance),
      );
    }, 900_000);
  });
}

interface Calm {
  readonly outcome: EmulatedOutcome;
  readonly requests: number;
}

async function undisturbed(name: VendorName): Promise<Calm> {
  const vendor = await startVendor(name);
  try {
    const project = await emulatedProject(vendor, fortySections());
    const end = await applyInChild(vendor, project.root);
    expect(end).toEqual({ killed: false, exitCode: 0 });
    const requests = vendor.requests.length;
    expect(unrest(await project.plan())).toEqual([]);
    return { outcome: await emulatedOutcome(vendor, project.root), requests };
  } finally {
    await vendor.close();
  }
}

async function dieAndRerun(name: VendorName, way: Way, moment: number, calm: Calm, { meanwhile, mayDoubt }: Disturbance): Promise<void> {
  const vendor = await startVendor(name);
  const what = `killed ${way} request ${moment}`;
  try {
    const project = await emulatedProject(vendor, fortySections());
    const strangers = new Set<string>();
    const end = await applyInChild(vendor, project.root, (request, kill) => {
      if (request > moment) return;
      const before = new Set(vendor.people.keys());
      meanwhile?.(vendor, request);
      for (const key of vendor.people.keys()) if (!before.has(key)) strangers.add(key);
      if (request === moment) {
        vendor.setFaults([{ operation: "any", nth: 1, kind: FAULTS[way], ms: LATE }]);
        return kill();
      }
    });
    expect(end, what).toEqual({ killed: true });
    const report = await project.apply();
    if (mayDoubt && report.exitCode === EXIT.unknown) return;
    expect(report.exitCode, what).toBe(0);
    for (const key of strangers) vendor.people.remove(key);
    const outcome = await emulatedOutcome(vendor, project.root);
    expect(outcome, what).toEqual(calm.outcome);
    expect(unrest(await project.plan()), what).toEqual([]);
    // Claims stand until a later run sees the markers merged.
    expect(
      (await unsettled(project)).filter((line) => !line.startsWith("claim ")),
      what,
    ).toEqual([]);
    await rm(project.root, { recursive: true, force: true });
  } finally {
    await vendor.close();
  }
}

type ChildEnd = { readonly killed: true } | { readonly killed: false; readonly exitCode: number };

/** `onRequest` hears of each request, from 1, before anything of it happens. */
function applyInChild(
  vendor: RunningVendor,
  root: string,
  onRequest?: (request: number, kill: () => Promise<void>) => Promise<void> | void,
): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...vendor.credentials, CANON_USER: "dana", NODE_COMPILE_CACHE: COMPILE_CACHE }, maxBuffer: 1 << 24 };
    const child = execFile(process.execPath, [CHILD, root], options, (error, stdout, stderr) => {
      if (error?.signal === "SIGKILL") resolve({ killed: true });
      else if (error) reject(new Error(`the child failed: ${stderr}`));
      else resolve({ killed: false, ...JSON.parse(stdout) });
    });
    const ended = new Promise<void>((exit) => child.once("exit", () => exit()));
    const kill = async (): Promise<void> => {
      child.kill("SIGKILL");
      await ended;
    };
    onTestFinished(() => void child.kill("SIGKILL"));
    let count = 0;
    vendor.hook({ first: async () => onRequest?.((count += 1), kill) });
  });
}
