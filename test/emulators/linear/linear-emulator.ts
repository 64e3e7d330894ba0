/** Linear on loopback: one workspace with three teams, of which Canon's account sees two, and a person who works beside it. */

import type { EmulatedStorage } from "../kit/emulated-storage.ts";
import { emulatorClock, type EmulatorClock } from "../kit/emulator-clock.ts";
import { serve } from "../kit/serve.ts";
import type { Emulated } from "../kit/wire.ts";
import { LINEAR_KEYS } from "./linear-keys.ts";
import { linearPeople, type LinearPeople } from "./linear-people.ts";
import { linearStorage } from "./linear-storage.ts";
import { linearVendor } from "./linear-vendor.ts";
import { LinearWorld, NOW } from "./linear-world.ts";
import { LinearWrites } from "./linear-writes.ts";
import { rewriteAsLinear } from "./markdown-editor.ts";

export interface LinearEmulatorOptions {
  readonly port?: number;
  readonly clock?: EmulatorClock;
  /** Milliseconds by which lists lag behind writes (1,000). */
  readonly searchLag?: number;
  /** Milliseconds by which reads lag that name their issues by id or number (0). */
  readonly readLag?: number;
  /** Per user (2,500). */
  readonly requestsPerHour?: number;
  readonly complexityPerHour?: number;
  readonly complexityPerQuery?: number;
  /** 400 with the code RATELIMITED (default), or 429 with Retry-After. */
  readonly rateLimitStatus?: 400 | 429;
  /** A batch may name a parent that it creates itself (false: unverified). */
  readonly sameBatchParents?: boolean;
  /** Client ids of any UUID version (false: v4 only). */
  readonly anyUuid?: boolean;
  /** An attachment moves `updatedAt` of its issue (false: unverified). */
  readonly attachmentsTouch?: boolean;
  /** `issueArchive` takes identifiers too (false). */
  readonly archiveByKey?: boolean;
  /** HTML comments stay in the text (false). */
  readonly keepsComments?: boolean;
  /** Text is kept as it is sent (false). */
  readonly keepsText?: boolean;
  /** New issues of the team begin in Triage, and need a priority to leave it (false). */
  readonly triage?: boolean;
  readonly titleLimit?: number;
  readonly bodyLimit?: number;
}

export interface LinearEmulator extends Emulated {
  readonly clock: EmulatorClock;
  readonly people: LinearPeople;
  readonly storage: EmulatedStorage;
  /** The name behind Canon's token. */
  readonly account: string;
  /** Key of the team. */
  readonly project: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Tokens to get wrong: see `linear-keys.ts`. */
  readonly tokens: Readonly<Record<keyof typeof LINEAR_KEYS, string>>;
  readonly unjudged: string | null;
}

const PROJECT = "ENG";

export async function startLinearEmulator(options: LinearEmulatorOptions = {}): Promise<LinearEmulator> {
  const clock = options.clock ?? emulatorClock();
  const world = new LinearWorld({ clock, searchLag: options.searchLag ?? 1_000, readLag: options.readLag ?? 0, triage: options.triage ?? false });
  const ticketAddress = (identifier: string): string | null => {
    const issue = world.issue(identifier, NOW);
    return issue && world.url(issue);
  };
  const writes = new LinearWrites(world, {
    titleLimit: options.titleLimit ?? 255,
    bodyLimit: options.bodyLimit ?? 250_000,
    anyUuid: options.anyUuid ?? false,
    attachmentsTouch: options.attachmentsTouch ?? false,
    editor: options.keepsText === true ? (text) => text : (text) => rewriteAsLinear(text, { ticketAddress, dropsComments: options.keepsComments !== true }),
  });
  const vendor = linearVendor(world, writes, {
    clock,
    requestsPerHour: options.requestsPerHour ?? 2_500,
    complexityPerHour: options.complexityPerHour ?? 3_000_000,
    complexityPerQuery: options.complexityPerQuery ?? 10_000,
    rateLimitStatus: options.rateLimitStatus ?? 400,
    sameBatchParents: options.sameBatchParents ?? false,
    archiveByKey: options.archiveByKey ?? false,
  });
  const emulated = await serve(vendor, { clock, ...(options.port === undefined ? {} : { port: options.port }) });
  return {
    ...emulated,
    clock,
    people: linearPeople(world, writes, PROJECT),
    storage: linearStorage(world, writes),
    account: world.agent.name,
    project: PROJECT,
    credentials: { LINEAR_API_KEY: LINEAR_KEYS.full.token },
    tokens: {
      full: LINEAR_KEYS.full.token,
      oauth: LINEAR_KEYS.oauth.token,
      readOnly: LINEAR_KEYS.readOnly.token,
      otherTeam: LINEAR_KEYS.otherTeam.token,
      expired: LINEAR_KEYS.expired.token,
    },
    unjudged: vendor.unjudged,
  };
}
