/** Makes a backlog to adopt: 40 specs without markers, a local tracker with 800 tickets that people made, and which belong together (truth.json). */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { slugOf } from "../src/core/text/slug.ts";
import { openWorkspace } from "../src/operations/workspace.ts";
import { connect, openLocalDesk } from "../src/wiring.ts";
import { ASPECTS, CHORES, CRITERIA, EVERYWHERE, PLACES, SENTENCES, SPECS } from "./backlog-words.ts";

/** How people wrote the title of the section. */
export type Wording = "same" | "tagged" | "typed" | "verb" | "turned" | "placed" | "other word" | "no likeness";

export interface Truth {
  readonly key: string;
  readonly address: string;
  readonly how: Wording;
}

export interface BacklogTicket {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly type: string;
  readonly status: string;
  readonly parent: string | null;
}

export interface Backlog {
  /** Path → text: the configuration and the specs. */
  readonly files: ReadonlyMap<string, string>;
  readonly tickets: readonly BacklogTicket[];
  readonly pairs: readonly Truth[];
  /** A second ticket about the same section, and the first. */
  readonly duplicates: readonly { readonly key: string; readonly of: string }[];
}

export const TICKETS = 800;

const CONFIG = `id: backlog
specs:
  include: ["specs/**/*.md"]
ticket_systems:
  main:
    system: local
    project: PAY
    create_tickets: false     # until the tickets that are there are adopted
`;

interface Topic {
  readonly address: string;
  readonly spec: string;
  /** A whole thing, or one side of it. */
  readonly thing: string;
  readonly aspect: string | null;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly criteria: readonly string[];
  /** Address of the section around it. */
  readonly parent: string | null;
}

type Chance = (below: number) => number;

export function makeBacklog(seed = 7): Backlog {
  const chance = chanceOf(seed);
  const specs = SPECS.map(([title, ...things]) => specOf(title, things, chance));
  const topics = specs.flatMap((spec) => spec.topics);
  const tickets: BacklogTicket[] = [];
  const pairs: Truth[] = [];
  const duplicates: { key: string; of: string }[] = [];
  const keyOf = new Map<string, string>();
  const add = (ticket: Omit<BacklogTicket, "key" | "status">): string => {
    const key = `PAY-${tickets.length + 1}`;
    tickets.push({ ...ticket, key, status: chance(7) === 0 ? "Done" : chance(3) === 0 ? "In Progress" : "Backlog" });
    return key;
  };
  for (const topic of topics) {
    for (let chores = chance(3); chores > 0 && tickets.length < TICKETS; chores -= 1) add(choreOf(chance));
    if (tickets.length >= TICKETS || chance(5) < 2) continue;
    const how = wordingOf(chance);
    const parent = chance(3) === 0 ? null : (keyOf.get(topic.parent ?? "") ?? null);
    const type = topic.aspect === null ? "Epic" : "Story";
    const key = add({ title: titleOf(topic, how, chance), body: bodyOf(topic, chance), type, parent });
    keyOf.set(topic.address, key);
    pairs.push({ key, address: topic.address, how });
    if (chance(9) > 0 || tickets.length >= TICKETS) continue;
    duplicates.push({ key: add({ title: titleOf(topic, wordingOf(chance), chance), body: "", type, parent: null }), of: key });
  }
  while (tickets.length < TICKETS) add(choreOf(chance));
  return { files: new Map([["canon.config.yaml", CONFIG], ...specs.map(({ path, text }) => [path, text] as const)]), tickets, pairs, duplicates };
}

/** Numbers that look random and are the same for one seed everywhere. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator repeat soon.
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(list: readonly [T, ...(readonly T[])] | readonly T[], chance: Chance): T {
  const found = list[chance(list.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

function specOf(title: string, things: readonly string[], chance: Chance): { path: string; text: string; topics: readonly Topic[] } {
  const path = `specs/${slugOf(title)}.md`;
  const topics: Topic[] = [];
  const lines = [`# About ${title.toLowerCase()}`, "", `What we promise about ${title.toLowerCase()}.`, ""];
  const add = (depth: number, name: string, thing: string, aspect: string | null, parent: string | null): string => {
    const fill = (text: string): string => text.replaceAll("{thing}", thing.toLowerCase()).replaceAll("{aspect}", (aspect ?? "life").toLowerCase());
    const sentences = [...new Set([pick(SENTENCES, chance), pick(SENTENCES, chance)].map(fill))];
    const criteria = chance(2) === 0 ? [] : [...new Set([pick(CRITERIA, chance), pick(CRITERIA, chance)].map(fill))];
    const address = `${path}#${slugOf(name)}`;
    topics.push({ address, spec: title, thing, aspect, title: name, sentences, criteria, parent });
    lines.push(`${"#".repeat(depth)} ${name}`, "", sentences.join("\n"), "");
    if (criteria.length > 0) lines.push(...criteria.map((text) => `- [ ] ${text}`), "");
    return address;
  };
  things.forEach((thing, index) => {
    const top = add(2, plural(thing), thing, null, null);
    for (let side = 0; side < 4; side += 1) {
      const [aspect] = ASPECTS[(index * 4 + side + title.length) % ASPECTS.length] ?? ["creation"];
      add(3, `${thing} ${aspect}`, thing, aspect, top);
    }
    if (index === 2) for (const name of EVERYWHERE) if (chance(3) === 0) add(3, name, title, name, top);
  });
  return { path, text: `${lines.join("\n").trimEnd()}\n`, topics };
}

function plural(word: string): string {
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function wordingOf(chance: Chance): Wording {
  const wordings: readonly Wording[] = ["same", "same", "tagged", "tagged", "typed", "verb", "verb", "turned", "turned", "placed", "placed", "other word"];
  return chance(25) === 0 ? "no likeness" : pick(wordings, chance);
}

function titleOf(topic: Topic, how: Wording, chance: Chance): string {
  const { title, thing, aspect, spec } = topic;
  const other = ASPECTS.find(([word]) => word === aspect)?.[1] ?? aspect?.toLowerCase() ?? "basics";
  switch (how) {
    case "same":
      return title;
    case "tagged":
      return `[${pick([spec.toUpperCase(), "PAY", "BE", spec], chance)}] ${title}`;
    case "typed":
      return mistyped(title, chance);
    case "verb":
      return `${pick(["Implement", "Add", "Build", "Design and build"], chance)} ${title.toLowerCase()}`;
    case "turned":
      return aspect === null || EVERYWHERE.includes(aspect) ? `${title} for ${spec.toLowerCase()}` : `${capital(aspect)} of ${plural(thing).toLowerCase()}`;
    case "placed":
      return `${spec}: ${title.toLowerCase()}`;
    case "other word":
      return `${capital(thing)} ${other}`;
    case "no likeness":
      return pick(["As discussed in the planning call", "See the notes of the workshop", "Follow-up for the release"], chance);
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Two letters in the middle change places. */
function mistyped(title: string, chance: Chance): string {
  const at = 2 + chance(Math.max(1, title.length - 4));
  return title.slice(0, at) + (title[at + 1] ?? "") + (title[at] ?? "") + title.slice(at + 2);
}

function bodyOf({ sentences, criteria }: Topic, chance: Chance): string {
  switch (chance(4)) {
    case 0:
      return "";
    case 1:
      return sentences[0] ?? "";
    case 2:
      return `We talked about this with the product people.\n\n${sentences.join(" ")}`;
    default:
      return [sentences.join("\n"), criteria.map((text) => `- [ ] ${text}`).join("\n")].filter((part) => part !== "").join("\n\n");
  }
}

function choreOf(chance: Chance): Omit<BacklogTicket, "key" | "status"> {
  const title = pick(CHORES, chance)
    .replace("{n}", String(chance(90) + 10))
    .replace("{place}", pick(PLACES, chance));
  return { title, body: chance(2) === 0 ? "" : "Whoever has time.", type: chance(3) === 0 ? "Bug" : "Task", parent: null };
}

/** Into an empty folder; the tracker is filled in one go, because 800 durable writes take their time. */
export async function writeBacklog(folder: string, backlog: Backlog): Promise<void> {
  const { files, tickets, pairs, duplicates } = backlog;
  const truth = `${JSON.stringify({ pairs, duplicates }, null, 2)}\n`;
  for (const [path, text] of [...files, ["truth.json", truth] as const]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const opened = await openWorkspace({ cwd: folder, connect, env: { CANON_USER: "rin" } });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  const { config, root, parser, env, clock } = opened.workspace;
  const [target] = config.targets;
  if (!target) throw new Error("the configuration has no target");
  const desk = await openLocalDesk(target, { root, parser, env, now: () => clock.now() });
  const [head = ""] = (await desk.exportProject()).split("\n");
  const project = head.replace(/"counter":\d+/, `"counter":${tickets.length}`);
  await desk.importProject([project, ...tickets.map((ticket, index) => JSON.stringify(lineOf(ticket, index)))].join("\n"));
  await desk.end();
}

function lineOf({ key, title, body, type, status, parent }: BacklogTicket, index: number): object {
  const at = new Date(Date.UTC(2026, 0, 5, 9) + index * 3_600_000).toISOString();
  return {
    ...{ kind: "ticket", id: `id-of-${key}`, number: index + 1, key, revision: 1, title, type, status, labels: [] },
    ...{ parent: parent === null ? null : `id-of-${parent}`, body, base: null, token: null, extra: {} },
    ...{ createdAt: at, createdBy: "rin", updatedAt: at, updatedBy: "rin", archived: false },
  };
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error("usage: node scripts/make-backlog.ts DIR");
  const backlog = makeBacklog();
  await writeBacklog(resolve(folder), backlog);
  console.log(`${backlog.files.size - 1} specs, ${backlog.tickets.length} tickets, ${backlog.pairs.length} pairs in ${folder}`);
}
