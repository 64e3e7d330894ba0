/** What one opened GitHub target remembers: its way to GitHub, its project, and the issues as they were last seen. */

import type { Clock } from "../../io/clock.ts";
import type { GithubClient } from "./github-client.ts";
import { nameOf, placeWord, type Place, type Repo } from "./github-key.ts";
import type { Held } from "./github-map.ts";
import type { GithubProject } from "./github-project.ts";

/** Milliseconds. A text is only written from a reading that is this young: older ones are read again first. */
const FRESH = 30_000;

export interface GithubSession {
  readonly client: GithubClient;
  /** As configured: `owner/repo`. */
  readonly repo: Repo;
  readonly project: GithubProject;
  readonly clock: Clock;
  /** The configuration gives types to depths: types are read, which costs requests of their own. */
  readonly usesTypes: boolean;
  readonly memory: Memory;
}

/** A type as REST showed it last. */
export interface KnownType {
  readonly type: string | null;
  /** The issue's own time of that reading, and ours, in milliseconds since 1970. */
  readonly updatedAt: string;
  readonly at: number;
}

/** Issues by place, under old places too. */
export interface Memory {
  /** From an answer that shows what is now. */
  keep(held: Held, asked?: Place): void;
  /** From a list, which may lag: never written from, and never in the place of something newer. */
  note(held: Held): void;
  /** Null where it was not seen, or too long ago to write from. */
  fresh(place: Place): Held | null;
  /** Null where it was not seen lately, in a list or by itself: young enough to count its children, not to write from. */
  recent(place: Place): Held | null;
  /** Whatever was last seen of it. */
  last(place: Place): Held | null;
  /** By ticket id. */
  readonly types: Map<string, KnownType>;
  /** By ticket id, of issues whose base names another id: whether a transfer explains it. */
  readonly transferred: Map<string, boolean>;
  /** How many managed issues are known to stand below each key. */
  managedChildren(): ReadonlyMap<string, number>;
  /** One more issue stands below it. */
  addChild(place: Place): void;
}

interface Entry {
  readonly held: Held;
  /** When it was last seen, by whatever way; when it was last read by its place, or shown by the answer to a write. */
  readonly seenAt: number;
  readonly readAt: number;
}

export function openMemory(clock: Clock): Memory {
  const seen = new Map<string, Entry>();
  const isYoung = (at: number): boolean => clock.monotonic() - at <= FRESH;
  return {
    types: new Map(),
    transferred: new Map(),
    keep: (held, asked) => {
      const at = clock.monotonic();
      for (const place of [held.place, ...(asked ? [asked] : [])]) seen.set(placeWord(place), { held, seenAt: at, readAt: at });
    },
    note: (held) => {
      const known = seen.get(placeWord(held.place));
      if (known && known.held.ticket.updatedAt > held.ticket.updatedAt) return;
      const isSame = known?.held.ticket.revision === held.ticket.revision;
      seen.set(placeWord(held.place), { held, seenAt: clock.monotonic(), readAt: known && isSame ? known.readAt : Number.NEGATIVE_INFINITY });
    },
    fresh: (place) => {
      const entry = seen.get(placeWord(place));
      return entry && isYoung(entry.readAt) ? entry.held : null;
    },
    recent: (place) => {
      const entry = seen.get(placeWord(place));
      return entry && isYoung(entry.seenAt) ? entry.held : null;
    },
    last: (place) => seen.get(placeWord(place))?.held ?? null,
    managedChildren: () => {
      const children = new Map([...seen.values()].flatMap(({ held: { ticket, line } }) => (line === null ? [] : [[ticket.id, ticket.parent]])));
      const counts = new Map<string, number>();
      for (const parent of children.values()) if (parent) counts.set(parent, (counts.get(parent) ?? 0) + 1);
      return counts;
    },
    addChild: (place) => {
      const entry = seen.get(placeWord(place));
      if (entry) seen.set(placeWord(place), { ...entry, held: { ...entry.held, children: entry.held.children + 1 } });
    },
  };
}

/** `owner/repo` as configured, for messages. */
export function projectName({ repo }: Pick<GithubSession, "repo">): string {
  return nameOf(repo);
}
