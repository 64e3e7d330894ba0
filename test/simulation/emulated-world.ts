/** The world of one sequence on an emulated vendor: what kind of project it is, is drawn. */

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { connect } from "../../src/wiring.ts";
import { targetYaml, type RunningVendor, type VendorName } from "../emulated/emulated-vendors.ts";
import { emulatorClock, type EmulatorClock } from "../emulators/kit/emulator-clock.ts";
import { projectAt } from "../harness/project-at.ts";
import type { Dice } from "./dice.ts";
import { emulatedDesk, type VendorStore } from "./emulated-desk.ts";
import { azureStore, githubStore, jiraStore, linearStore } from "./emulated-stores.ts";
import type { SimClock } from "./sim-clock.ts";
import { drawOwners, fieldsYaml, type Switches } from "./switches.ts";
import { worldOf, type MakeWorld } from "./world.ts";

export interface VendorSwitches extends Switches {
  readonly vendor: VendorName;
  readonly behaviour: { readonly searchLag: number; readonly readLag: number; readonly conditionalWrite: boolean; readonly [more: string]: unknown };
}

interface Played {
  readonly vendor: RunningVendor;
  readonly switches: VendorSwitches;
  readonly store: (parser: MarkdownParser) => VendorStore;
}

/** Milliseconds that a request takes on the emulator's clock: limits count by it, and no two requests share a moment. */
const REQUEST_TIME = 20;

export function makeEmulatedWorld(name: VendorName): MakeWorld {
  return async (dice) => {
    const clock = emulatorClock(() => Date.UTC(2026, 0, 5, 9));
    const { vendor, switches, store } = await startPlayed(name, dice, clock);
    vendor.hook({ first: () => clock.advance(REQUEST_TIME) });
    const root = await mkdtemp(join(tmpdir(), `canon-sim-${name}-`));
    const time = simClockOf(clock, vendor);
    const project = projectAt(root, { clock: time, env: vendor.credentials, anyBranch: true });
    await project.write("canon.config.yaml", configOf(vendor, switches));
    const { parser, config, connect: open } = await project.open();
    const [target] = config.targets;
    const connection = target ? await open(target) : null;
    if (!connection?.ok) throw new Error(`the simulation cannot open ${name}: ${connection?.message ?? "it has no target"}`);
    const check = await connection.tracker.check();
    await connection.tracker.close();
    if (!check.ok) throw check.error;
    return worldOf({ project, connect, desk: emulatedDesk(vendor, store(parser), check), clock: time, switches });
  };
}

async function startPlayed(name: VendorName, dice: Dice, clock: EmulatorClock): Promise<Played> {
  const common = { vendor: name, owners: drawOwners(dice), includeDone: dice.chance(0.7) };
  const searchLag = dice.pick(0, 1000, 4000);
  switch (name) {
    case "linear": {
      // Reads by key that lag, on a tracker that takes no conditions, hide a person's edit from everybody who writes.
      const behaviour = {
        searchLag,
        readLag: 0,
        conditionalWrite: false,
        triage: dice.chance(0.2),
        keepsComments: dice.chance(0.3),
        attachmentsTouch: dice.chance(0.3),
      };
      const emulator = await (await import("../emulators/linear/linear-emulator.ts")).startLinearEmulator({ clock, ...behaviour });
      const vendor = Object.assign(emulator, { system: "linear" as const });
      return { vendor, switches: { ...common, settle: 0, behaviour }, store: (parser) => linearStore(emulator, parser) };
    }
    case "github": {
      const behaviour = {
        searchLag,
        listLag: searchLag,
        readLag: 0,
        conditionalWrite: false,
        owner: dice.pick("organization", "user"),
        browserCrlf: dice.chance(0.7),
      } as const;
      const emulator = await (await import("../emulators/github/github-emulator.ts")).startGithubEmulator({ clock, ...behaviour });
      const vendor = Object.assign(emulator, { system: "github" as const });
      return { vendor, switches: { ...common, settle: 20_000, behaviour }, store: (parser) => githubStore(emulator, parser) };
    }
    case "jira-cloud":
    case "jira-data-center": {
      const flavour = name === "jira-cloud" ? "cloud" : "data-center";
      const behaviour = {
        ...{
          // Data Center's reads by key ask the index whether a ticket moved: a lag there hides a person's edit from who writes.
          searchLag: flavour === "cloud" ? searchLag : 0,
          readLag: 0,
          conditionalWrite: false,
          workflow: dice.pick<"free" | "strict">("free", "free", "strict"),
          style: flavour === "cloud" ? dice.pick<"company" | "team">("company", "team") : ("company" as const),
        },
        ...{ serverIds: dice.chance(0.7), smartLinks: dice.chance(0.7), propertiesTouch: dice.chance(0.5) },
      } as const;
      const emulator = await (await import("../emulators/jira/jira-emulator.ts")).startJiraEmulator({ clock, flavour, ...behaviour });
      const vendor = Object.assign(emulator, { system: "jira" as const });
      return { vendor, switches: { ...common, settle: 20_000, behaviour }, store: (parser) => jiraStore(emulator, parser, flavour) };
    }
    case "azure": {
      // The switch "linear" refuses steps that its metadata offers, as a company's own rules may: nobody can plan with those.
      const behaviour = {
        ...{ searchLag, readLag: dice.pick(0, 0, 2000), conditionalWrite: true, workflow: dice.pick<"free" | "agile">("free", "agile") },
        ...{ nesting: dice.pick<"any" | "backlog">("any", "backlog"), createsInAnyState: dice.chance(0.3), relationsUnasked: dice.chance(0.3) },
        ...{ relationIndexes: dice.pick<"original" | "sequential">("original", "sequential") },
      } as const;
      const emulator = await (await import("../emulators/azure/azure-emulator.ts")).startAzureEmulator({ clock, ...behaviour });
      const vendor = Object.assign(emulator, { system: "azure" as const, project: `${emulator.organization}/${emulator.project}` });
      return { vendor, switches: { ...common, settle: 20_000, behaviour }, store: (parser) => azureStore(emulator, parser) };
    }
  }
}

function configOf(vendor: RunningVendor, { settle, owners }: Switches): string {
  return `id: sim
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: ${targetYaml(vendor, `, settle: ${settle / 1000}s, transitions: walk${fieldsYaml(owners)}`)}
`;
}

/** Milliseconds: whatever is late lands while its sender waits, not when the sender asks again. */
const TICK = 1_000;

function simClockOf(clock: EmulatorClock, { deliver }: RunningVendor): SimClock {
  return {
    now: () => new Date(clock.now()),
    monotonic: () => clock.now(),
    sleep: async (milliseconds, signal) => {
      for (let left = milliseconds; left > 0; left -= TICK) {
        signal?.throwIfAborted();
        clock.advance(Math.min(left, TICK));
        await deliver();
      }
    },
    advance: (milliseconds) => clock.advance(milliseconds),
  };
}
