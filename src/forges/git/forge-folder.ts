/** Pull requests, threads, comments and checks as files: what stands there, and the rules that every writer keeps, Canon or a person. */

import { fingerprint } from "../../core/fingerprint.ts";
import type { CheckRun, Comment, Permission } from "../forge.ts";
import { folderClient, invalid, notFound, type FolderClient } from "./folder-client.ts";
import { checkSchema, commentSchema, countersSchema, numberedSchema, settingsSchema } from "./folder-schema.ts";
import type { FolderSettings, Numbered, NumberedPullRequest } from "./folder-schema.ts";

/** As many characters as GitHub takes in one text, so that what fits here fits there. */
const LONGEST = 65_536;

const CLOSED: FolderSettings = { visibility: "private", people: [], protected: [] };

export interface ForgeFolder {
  settings(): FolderSettings;
  permissionOf(account: string): Permission;
  /** null: no such number. */
  numbered(number: number): Numbered | null;
  /** The oldest first. */
  all(): readonly Numbered[];
  /** The oldest first. Throws where there is no such number. */
  comments(number: number): readonly Comment[];
  comment(id: string): Comment | null;
  checks(commit: string): readonly CheckRun[];
  /** All that `work` writes is written by nobody else meanwhile. */
  change<T>(work: (writer: FolderWriter) => T): T;
}

/** Times are those of the folder's clock. */
export interface FolderWriter {
  setSettings(change: (settings: FolderSettings) => FolderSettings): void;
  /** With the next number. */
  add(make: (number: number, now: string) => Numbered): Numbered;
  /** Touched now. Throws where there is no such number. */
  edit(number: number, change: (found: Numbered) => Numbered): Numbered;
  remove(number: number): void;
  addComment(number: number, author: string, body: string): Comment;
  editComment(id: string, body: string): Comment;
  removeComment(id: string): void;
  setCheck(check: CheckRun): void;
}

export function openForgeFolder(folder: string, now: () => Date): ForgeFolder {
  const client = folderClient(folder);
  const reader = readerOf(client);
  return { ...reader, change: (work) => client.locked(() => work(writerOf(client, reader, () => now().toISOString()))) };
}

type FolderReader = Omit<ForgeFolder, "change">;

function readerOf(client: FolderClient): FolderReader {
  const settings = (): FolderSettings => client.read("settings", settingsSchema) ?? CLOSED;
  const numbered = (number: number): Numbered | null => client.read(`numbered/${number}`, numberedSchema);
  const known = <T>(found: T | null): readonly T[] => (found === null ? [] : [found]);
  return {
    settings,
    numbered,
    permissionOf: (account) => settings().people.find((person) => person.account === account)?.permission ?? "none",
    all: () => sortedNumbers(client.list("numbered")).flatMap((number) => known(numbered(number))),
    comments: (number) => {
      if (numbered(number) === null) throw notFound(`pull request or thread ${number}`);
      return sortedNumbers(client.list(`comments/${number}`)).flatMap((one) => known(client.read(`comments/${number}/${one}`, commentSchema)));
    },
    comment: (id) => client.read(commentPath(id), commentSchema),
    checks: (commit) => client.list(`checks/${commit}`).flatMap((name) => known(client.read(`checks/${commit}/${name}`, checkSchema))),
  };
}

function writerOf(client: FolderClient, reader: FolderReader, now: () => string): FolderWriter {
  const next = (counter: "number" | "comment"): number => {
    const counters = client.read("counters", countersSchema) ?? { number: 0, comment: 0 };
    client.write("counters", { ...counters, [counter]: counters[counter] + 1 });
    return counters[counter] + 1;
  };
  const put = (numbered: Numbered): Numbered => {
    fits(numbered.body);
    client.write(`numbered/${numbered.number}`, numbered);
    return numbered;
  };
  const edit = (number: number, change: (found: Numbered) => Numbered): Numbered => {
    const found = reader.numbered(number);
    if (found === null) throw notFound(`pull request or thread ${number}`);
    return put(touched(change(found), now()));
  };
  return {
    setSettings: (change) => client.write("settings", change(reader.settings())),
    add: (make) => put(make(next("number"), now())),
    edit,
    remove: (number) => {
      for (const { id } of reader.comments(number)) client.remove(commentPath(id));
      client.remove(`numbered/${number}`);
    },
    addComment: (number, author, body) => {
      fits(body);
      edit(number, (found) => found);
      const comment = { id: `${number}-${next("comment")}`, author, body, createdAt: now(), updatedAt: now() };
      client.write(commentPath(comment.id), comment);
      return comment;
    },
    editComment: (id, body) => {
      fits(body);
      const found = reader.comment(id);
      if (found === null) throw notFound(`comment ${id}`);
      const comment = { ...found, body, updatedAt: now() };
      client.write(commentPath(id), comment);
      return comment;
    },
    removeComment: (id) => client.remove(commentPath(id)),
    setCheck: (check) => client.write(`checks/${check.commit}/${fingerprint(check.name)}`, check),
  };
}

/** The id of a comment holds the number that it stands under. */
function commentPath(id: string): string {
  const [, number, comment] = /^(\d{1,9})-(\d{1,9})$/.exec(id) ?? [];
  if (number === undefined || comment === undefined) throw invalid(`${JSON.stringify(id.slice(0, 100))} is no comment's id.`, "Give an id as it was read.");
  return `comments/${number}/${comment}`;
}

function touched(numbered: Numbered, now: string): Numbered {
  return numbered.kind === "thread" ? numbered : { ...numbered, updatedAt: now };
}

function fits(text: string): void {
  if (text.length > LONGEST) throw invalid(`A text of ${text.length} characters is too long.`, `Cut it to ${LONGEST} characters.`);
}

function sortedNumbers(names: readonly string[]): readonly number[] {
  return names.map(Number).sort((a, b) => a - b);
}

/** Ends it, by whom and how; its commits are kept as they are now. */
export function ended(found: NumberedPullRequest, by: string, mergeCommit: string | null): NumberedPullRequest {
  return { ...found, state: mergeCommit === null ? "closed" : "merged", endedBy: by, mergeCommit };
}
