/** People edit while pull and sync run, in every gap between plan, spec and base: nobody's word is lost, and the round after the next is quiet. */

import { chmod, readFile, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../src/core/model/exit-code.ts";
import type { Selection } from "../../src/core/model/plan.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { connect } from "../../src/wiring.ts";
import { atDesk } from "../harness/at-desk.ts";
import { applyInChild, copyOf, twoAtATime } from "../harness/kill.ts";
import { momentsOf } from "../harness/kill-law.ts";
import { unsettled } from "../harness/outcome.ts";
import { makeProject, type Project, type World } from "../harness/project.ts";
import { watching } from "../harness/watched-tracker.ts";
import { hookedDisk, systemError } from "../io/hooked-disk.ts";

const SPEC = `# Payments

## Refunds

A refund returns the money.

- [ ] the money is back
- [ ] the log shows it

## Retries

Try again.
`;

const FILE = "specs/one.md";
const PULL: Partial<Selection> = { direction: "back", vouches: true };
const SYNC: Partial<Selection> = { direction: "both", vouches: true };

/** Both sides have something for the other: a tick, a new criterion and a status here, new words and a criterion there. */
async function edited(): Promise<Project> {
  const project = await makeProject({ [FILE]: SPEC });
  await project.apply();
  await atDesk(project, async (desk) => {
    await desk.criterion("PAY-1", { kind: "tick", which: "1" });
    await desk.criterion("PAY-1", { kind: "add", text: "theirs1 is kept" });
    await desk.move("PAY-1", "In Progress");
  });
  await editSpec(project, (text) => text.replace("returns the money", "returns ours1").replace("- [ ] the log", "- [ ] ours2 holds\n- [ ] the log"));
  return project;
}

async function editSpec(project: Project, change: (text: string) => string): Promise<void> {
  await project.write(FILE, change(await project.read(FILE)));
}

async function editBody(desk: LocalDesk, change: (body: string) => string): Promise<void> {
  await desk.edit("PAY-1", { body: change((await desk.show("PAY-1")).ticket.body) });
}

/** What somebody does in the gap; the words that they wrote in doing so. */
interface Act {
  readonly words: readonly string[];
  readonly act: (project: Project) => Promise<unknown>;
  /** Words that may stand in what they took away. */
  readonly gone?: readonly string[];
  /** What both sides say in the end. */
  readonly ends?: RegExp;
  /** Makes the file one that can be written again. */
  readonly after?: (project: Project) => Promise<unknown>;
}

const atSpec = (words: readonly string[], change: (text: string) => string, gone: readonly string[] = []): Act => ({
  words,
  gone,
  act: (project) => editSpec(project, change),
});
const atTicket = (words: readonly string[], change: (desk: LocalDesk) => Promise<unknown>): Act => ({ words, act: (project) => atDesk(project, change) });
const untick = (desk: LocalDesk): Promise<unknown> => desk.criterion("PAY-1", { kind: "untick", which: "1" });
const path = ({ root }: Project): string => join(root, FILE);

const ACTS: Readonly<Record<string, Act>> = {
  "the section's words are edited": atSpec(["late1"], (text) => text.replace("returns ours1", "returns ours1 late1")),
  "its criterion is reworded": atSpec(["late1"], (text) => text.replace(/the money is back/, "the money is back late1")),
  "a criterion is added to it": atSpec(["late1"], (text) => text.replace("the log shows it", "the log shows it\n- [ ] late1 too")),
  "its list is taken out": atSpec([], (text) => text.replace(/- \[.\] .*\n/g, ""), ["theirs1"]),
  "another section is edited": atSpec(["late1"], (text) => text.replace("Try again", "Try late1 again")),
  "a section is put above it": atSpec(["late1"], (text) => text.replace("## Refunds", "## New late1\n\n## Refunds")),
  "it moves behind the other": atSpec([], (text) => {
    const [refunds, retries] = [text.indexOf("## Refunds"), text.indexOf("## Retries")];
    return `${text.slice(0, refunds)}${text.slice(retries)}\n${text.slice(refunds, retries)}`;
  }),
  "it is deleted": atSpec([], (text) => text.slice(0, text.indexOf("## Refunds")) + text.slice(text.indexOf("## Retries")), ["ours1"]),
  "it moves to another file": {
    words: [],
    act: async (project) => {
      const text = await project.read(FILE);
      const [from, to] = [text.indexOf("## Refunds"), text.indexOf("## Retries")];
      await project.write("specs/two.md", text.slice(from, to));
      await project.write(FILE, text.slice(0, from) + text.slice(to));
    },
  },
  "its file is deleted": { words: [], gone: ["ours1"], act: (project) => rm(path(project)) },
  "its file becomes a link": {
    words: [],
    act: async (project) => {
      await rename(path(project), join(project.root, "kept.md"));
      await symlink("../kept.md", path(project));
    },
    after: async (project) => {
      await rm(path(project));
      await rename(join(project.root, "kept.md"), path(project));
    },
  },
  "its file becomes read-only": { words: [], act: (project) => chmod(path(project), 0o444), after: (project) => chmod(path(project), 0o644) },
  "the ticket's other criterion is ticked": {
    ...atTicket([], (desk) => desk.criterion("PAY-1", { kind: "tick", which: "the log" })),
    ends: /- \[x\] the log shows it/,
  },
  "the tick is taken away": atTicket([], untick),
  "the ticket's criterion is reworded": atTicket(["late1"], (desk) =>
    desk.criterion("PAY-1", { kind: "reword", which: "theirs1", text: "theirs1 is kept late1" }),
  ),
  "a criterion is added to the ticket": atTicket(["late1"], (desk) => desk.criterion("PAY-1", { kind: "add", text: "late1 as well" })),
  "the ticket's words are edited": atTicket(["late1"], (desk) => editBody(desk, (body) => body.replace("returns", "returns late1"))),
  "a paragraph is put on the ticket": atTicket(["late1"], (desk) => editBody(desk, (body) => `Ask late1.\n\n${body}`)),
  "the ticket's title is edited": atTicket(["late1"], (desk) => desk.edit("PAY-1", { title: "Refunds late1" })),
  "the ticket goes on": atTicket([], (desk) => desk.move("PAY-1", "In Review")),
};

/** The gaps of a run, in which somebody acts once. */
const GAPS: Readonly<Record<string, (act: () => Promise<unknown>) => World>> = {
  "after the plan is made": (act) => ({ disk: onDisk((mutation, file) => mutation === "append" && file.includes("/runs/"), act) }),
  "right before the spec is written": (act) => ({ disk: onDisk((mutation, file) => mutation === "writeTemp" && file.includes("/specs/"), act) }),
  "between the spec and the ticket": (act) => {
    let isWritten = false;
    return {
      disk: onDisk((mutation, file) => {
        if (mutation === "rename" && file.includes("/specs/")) isWritten = true;
        return isWritten && mutation === "append";
      }, act),
    };
  },
  "right before the ticket is written": (act) => {
    const once = onlyOnce(act);
    return {
      connect: watching(connect, async (_request, send) => {
        await once();
        return send();
      }),
    };
  },
};

function onlyOnce(act: () => Promise<unknown>): () => Promise<void> {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await act();
  };
}

function onDisk(isMoment: (mutation: string, file: string) => boolean, act: () => Promise<unknown>): NonNullable<World["disk"]> {
  const once = onlyOnce(act);
  return hookedDisk(async (_count, mutation, file) => (isMoment(mutation, file) ? once() : undefined));
}

/** All that people can still read: specs, tickets, and what a plan shows. */
async function everywhere(project: Project): Promise<string> {
  const specs = await Promise.all([FILE, "specs/two.md"].map((name) => readFile(join(project.root, name), "utf8").catch(() => "")));
  const tickets = (await project.tickets()).flatMap(({ title, body }) => [title, body]);
  return [...specs, ...tickets, JSON.stringify((await project.plan(SYNC)).conflicts)].join("\n");
}

async function expectNothingLost(project: Project, words: readonly string[]): Promise<void> {
  const all = await everywhere(project);
  for (const word of words) expect(all).toContain(word);
  expect((await project.tickets()).length).toBe(new Set((await project.tickets()).map(({ token }) => token)).size);
}

/** Whatever the run came to, two more end it: only what a person must decide, or was told before, is left. */
async function expectQuiet(project: Project): Promise<void> {
  await project.apply(SYNC);
  await project.apply(SYNC);
  const plan = await project.plan(SYNC);
  expect(plan.changes.map(({ address, action, fields, pulled }) => [address, action, fields, pulled])).toEqual([]);
  expect(await unsettled(project)).toEqual([]);
}

describe.each(Object.entries(GAPS))("%s", (_gap, world) => {
  it.each(Object.entries(ACTS))("%s", async (_name, { words, gone = [], ends, act, after }) => {
    for (const selection of [PULL, SYNC]) {
      const project = await edited();
      let acted = false;
      const report = await project
        .within(
          world(async () => {
            acted = true;
            await act(project);
          }),
        )
        .apply(selection);
      expect([EXIT.ok, EXIT.error, EXIT.conflicts, EXIT.partly, EXIT.stale]).toContain(report.exitCode);
      expect(report.results.every(({ message }) => message === null || !/undefined|\bat .+:\d+:\d+/.test(message))).toBe(true);
      // A pull of marks that the ticket takes note of may send nothing at all.
      expect(acted || selection === PULL).toBe(true);
      await after?.(project);
      const mine = ["ours1", "theirs1", ...words].filter((word) => !gone.includes(word));
      await expectNothingLost(project, mine);
      await expectQuiet(project);
      await expectNothingLost(project, mine);
      const body = (await project.tickets()).find(({ key }) => key === "PAY-1")?.body;
      if (ends) for (const text of [await project.read(FILE), body]) expect(text).toMatch(ends);
    }
  });
});

// Later, once the tick stands in the spec and not yet in the base, nobody can tell who set it: it is pushed back.
it("a tick that is taken away after the plan is made stays away", async () => {
  for (const selection of [PULL, SYNC]) {
    const project = await edited();
    const taken = GAPS["after the plan is made"]?.(() => atDesk(project, untick)) ?? {};
    expect((await project.within(taken).apply(selection)).exitCode).toBe(EXIT.stale);
    await expectQuiet(project);
    const body = (await project.tickets()).find(({ key }) => key === "PAY-1")?.body;
    for (const text of [await project.read(FILE), body]) expect(text).toContain("- [ ] the money is back");
  }
});

describe("a disk that is full", () => {
  it.each(["writeTemp", "rename"])("when the spec is written (%s): nothing of the section is written, here or there", async (failing) => {
    for (const selection of [PULL, SYNC]) {
      const project = await edited();
      const [before, body] = [await project.read(FILE), (await project.tickets()).find(({ key }) => key === "PAY-1")?.body];
      const disk = hookedDisk((_count, mutation, file) => {
        if (mutation === failing && file.includes("/specs/")) throw systemError("ENOSPC");
      });
      const report = await project.within({ disk }).apply(selection);
      expect(report.exitCode).toBe(EXIT.error);
      expect(report.results).toMatchObject([{ key: "PAY-1", state: "failed", message: expect.stringContaining("the disk is full") }]);
      expect(await project.read(FILE)).toBe(before);
      expect((await project.tickets()).find(({ key }) => key === "PAY-1")?.body).toBe(body);
      await expectQuiet(project);
      await expectNothingLost(project, ["ours1", "theirs1", "ours2"]);
      expect(await project.read(FILE)).toContain("- [x] the money is back");
    }
  });
});

describe("killed with SIGKILL at every write", () => {
  it.each([
    ["pull", PULL],
    ["sync", SYNC],
  ])("%s comes to what an undisturbed run came to", { timeout: 120_000 }, async (_name, selection) => {
    const start = await edited();
    const undisturbed = await copyOf(start);
    const end = await applyInChild(undisturbed.root, { moment: 0, selection });
    if (end.killed) throw new Error("nobody was to be killed");
    await undisturbed.apply(SYNC);
    const [spec, tickets] = [await undisturbed.read(FILE), await undisturbed.tickets()];
    expect(spec).toMatch(/- \[x\] the money is back\n- \[ \] ours2 holds\n- \[ \] the log shows it\n- \[ \] theirs1 is kept\n/);
    await twoAtATime(momentsOf(end.labels), async (moment) => {
      const project = await copyOf(start);
      expect(await applyInChild(project.root, { moment, selection })).toEqual({ killed: true });
      await project.apply(SYNC);
      const what = `killed at ${end.labels[moment - 1] ?? "?"}`;
      expect(await project.read(FILE), what).toBe(spec);
      expect(
        (await project.tickets()).map(({ body, status }) => [body, status]),
        what,
      ).toEqual(tickets.map(({ body, status }) => [body, status]));
      await expectQuiet(project);
    });
  });
});
