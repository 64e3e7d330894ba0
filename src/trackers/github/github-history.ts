/** Who changed what when: GitHub's timeline, and the revisions of the text, in our field names. */

import { safeParse } from "zod/mini";
import type { TextFormat } from "../../core/text/text-format.ts";
import type { FieldEdit } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import { keyOf, parseKey, placeWord } from "./github-key.ts";
import { parseText } from "./github-line.ts";
import { isMark, type Held } from "./github-map.ts";
import { noteKind } from "./github-notes.ts";
import { EVENTS, historyPage, TEXTS, type WireEvent, type WireText } from "./github-history-wire.ts";
import { readPlaces } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { INITIAL_STATUS, statusOf } from "./github-statuses.ts";

/** Issues per request: each brings a page of events and a page of texts. */
const ISSUES = 20;
/** What a create itself sets shows as events of its author within so many milliseconds. */
const BIRTH = 2_000;

interface Raw {
  readonly held: Held;
  readonly events: WireEvent[];
  /** Newest first. */
  readonly texts: WireText[];
}

export async function readHistory(session: GithubSession, format: TextFormat, keys: readonly string[], since: string | null): Promise<readonly FieldEdit[]> {
  const { found, complete } = await readPlaces(
    session,
    keys.flatMap((key) => parseKey(key, session.repo) ?? []),
  );
  if (!complete) throw refusal("unavailable", "Not all of the issues whose history was asked for could be read.", "Run the command again.");
  const asked = keys.flatMap((key) => {
    const place = parseKey(key, session.repo);
    const held = place && found.get(placeWord(place));
    return held ? [held] : [];
  });
  const issues = [...new Map(asked.map((held) => [held.nodeId, held])).values()];
  const edits: FieldEdit[] = [];
  for (let start = 0; start < issues.length; start += ISSUES) {
    const raws = await readRaws(session, issues.slice(start, start + ISSUES), since);
    edits.push(...raws.flatMap((raw) => [...eventEdits(raw), ...textEdits(raw, format)]));
  }
  const from = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  return edits.filter(({ at }) => Date.parse(at) >= from).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

interface Cursor {
  readonly after: string | null;
  readonly more: boolean;
}

interface Reading {
  readonly raw: Raw;
  readonly events: Cursor;
  readonly texts: Cursor;
}

const FIRST: Cursor = { after: null, more: true };

async function readRaws(session: GithubSession, issues: readonly Held[], since: string | null): Promise<readonly Raw[]> {
  const raws = issues.map((held): Raw => ({ held, events: [], texts: [] }));
  let open = raws.map((raw): Reading => ({ raw, events: FIRST, texts: FIRST }));
  while (open.length > 0) {
    const fields = open.map(({ events, texts }, at) => {
      const parts = [...(events.more ? [EVENTS.replace("$EVENTS", `$e${at}`)] : []), ...(texts.more ? [TEXTS.replace("$TEXTS", `$t${at}`)] : [])];
      return `i${at}: node(id: $i${at}) { ... on Issue { ${parts.join(" ")} } }`;
    });
    const declared = open.map(({ events, texts }, at) =>
      [`$i${at}: ID!`, ...(events.more ? [`$e${at}: String`] : []), ...(texts.more ? [`$t${at}: String`] : [])].join(", "),
    );
    const isTimed = open.some(({ events }) => events.more);
    const query = `query (${[...(isTimed ? ["$since: DateTime"] : []), ...declared].join(", ")}) { ${fields.join(" ")} }`;
    const cursors = open.flatMap(({ raw, events, texts }, at): (readonly [string, string | null])[] => [
      [`i${at}`, raw.held.nodeId],
      ...(events.more ? [[`e${at}`, events.after] as const] : []),
      ...(texts.more ? [[`t${at}`, texts.after] as const] : []),
    ]);
    const variables = { ...(isTimed ? { since } : {}), ...Object.fromEntries(cursors) };
    const answer = await session.client.query({ query, variables, about: `history of ${open.length}` });
    open = open.flatMap(({ raw }, at) => {
      const read = safeParse(historyPage, answer.data[`i${at}`]);
      const error = answer.errorAt(`i${at}`);
      if (!read.success || error) throw error ?? refusal("unavailable", `The history of ${raw.held.ticket.key} could not be read.`, "Run the command again.");
      const { timelineItems: events, userContentEdits: texts } = read.data;
      raw.events.push(...(events?.nodes ?? []).filter((node) => node !== null));
      raw.texts.push(...(texts?.nodes ?? []).filter((node) => node !== null));
      const next = {
        raw,
        events: { after: events?.pageInfo.endCursor ?? null, more: events?.pageInfo.hasNextPage === true },
        // Older ones than were asked for are of no use, but for the one that the first of the others started from.
        texts: { after: texts?.pageInfo.endCursor ?? null, more: texts?.pageInfo.hasNextPage === true && !isBefore(raw.texts.at(-1), since) },
      };
      return next.events.more || next.texts.more ? [next] : [];
    });
  }
  return raws;
}

function isBefore(text: WireText | undefined, since: string | null): boolean {
  return since !== null && text !== undefined && Date.parse(text.editedAt) < Date.parse(since);
}

function eventEdits({ held, events }: Raw): readonly FieldEdit[] {
  const { key, createdAt } = held.ticket;
  let status: string | null = null;
  return events.flatMap((event): readonly FieldEdit[] => {
    const edit = (field: string, from: string | null, to: string | null): readonly FieldEdit[] => [
      { key, field, from, to, author: event.actor?.login ?? "ghost", at: utc(event.createdAt) },
    ];
    const isBorn = Date.parse(event.createdAt) - Date.parse(createdAt) < BIRTH;
    switch (event.__typename) {
      case "RenamedTitleEvent":
        return edit("title", event.previousTitle ?? null, event.currentTitle ?? null);
      case "ClosedEvent": {
        status = statusOf("closed", event.stateReason ?? null).name;
        return edit("status", INITIAL_STATUS, status);
      }
      case "ReopenedEvent": {
        const from = status;
        status = INITIAL_STATUS;
        return edit("status", from, status);
      }
      case "LabeledEvent":
        return isBorn || !event.label || isMark(event.label.name) ? [] : edit("labels", null, event.label.name);
      case "UnlabeledEvent":
        return !event.label || isMark(event.label.name) ? [] : edit("labels", event.label.name, null);
      case "ParentIssueAddedEvent":
        return isBorn ? [] : edit("parent", null, parentOf(event));
      case "ParentIssueRemovedEvent":
        return edit("parent", parentOf(event), null);
      case "IssueComment":
        return edit(noteKind(event.body ?? "") === "link" ? "link" : "comment", null, event.body ?? null);
      default:
        return [];
    }
  });
}

function parentOf({ parent }: WireEvent): string | null {
  return parent ? keyOf(parent.repository.nameWithOwner, parent.number) : null;
}

/** Each revision against the one before it; what only wrote Canon's hidden line is no edit of anybody's. */
function textEdits({ held, texts }: Raw, format: TextFormat): readonly FieldEdit[] {
  return texts.slice(0, -1).flatMap((text, at): readonly FieldEdit[] => {
    const before = texts[at + 1]?.diff ?? null;
    const common = { key: held.ticket.key, author: text.editor?.login ?? "ghost", at: utc(text.editedAt) };
    if (text.diff === null || before === null) return [{ ...common, field: "body", from: null, to: null }];
    const [from, to] = [parseText(before).body, parseText(text.diff).body].map((body) => body.replaceAll("\r\n", "\n"));
    if (from === undefined || to === undefined || from === to) return [];
    return [{ ...common, field: fieldOf(format, from, to), from, to }];
  });
}

function fieldOf(format: TextFormat, from: string, to: string): "criteria" | "body" {
  const [before, after] = [format.parse(from), format.parse(to)];
  const blocks = (text: typeof before): string => text.blocks.map(({ canonical }) => canonical).join(" ");
  return blocks(before) === blocks(after) ? "criteria" : "body";
}

function utc(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}
