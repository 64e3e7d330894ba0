/** `create_fields` in GitHub's own words: assignees and a milestone, by the names people see. */

import { array, nullable, number, object, optional, safeParse, strictObject, string, union } from "zod/mini";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { refusal } from "./github-client.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import type { TrackerError } from "../tracker-error.ts";

export type ExtraInput = { readonly ok: true; readonly input: Readonly<Record<string, unknown>> } | { readonly ok: false; readonly error: TrackerError };

const written = strictObject({ assignees: optional(array(string())), milestone: optional(union([string(), number()])) });

const user = object({ id: string(), login: string() });
const milestone = object({ id: string(), number: number(), title: string() });

/** Asked once for each set of fields: a target has one. */
export function extraFields(session: GithubSession): (extra: Readonly<Record<string, unknown>>) => Promise<ExtraInput> {
  const known = new Map<string, Promise<ExtraInput>>();
  return (extra) => {
    if (Object.keys(extra).length === 0) return Promise.resolve({ ok: true, input: {} });
    const key = JSON.stringify(extra);
    const found = known.get(key) ?? resolve(session, extra);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}

async function resolve(session: GithubSession, extra: Readonly<Record<string, unknown>>): Promise<ExtraInput> {
  const read = safeParse(written, extra);
  if (!read.success)
    return refused(
      "create_fields of this target holds what GitHub does not take.",
      "It may hold assignees (a list of logins) and milestone (its title or number).",
    );
  const assignees = await idsOfUsers(session, read.data.assignees ?? []);
  if (!Array.isArray(assignees)) return assignees;
  const of = read.data.milestone === undefined ? null : await findMilestone(session, String(read.data.milestone));
  if (of !== null && "ok" in of) return of;
  return { ok: true, input: { ...(assignees.length > 0 ? { assigneeIds: assignees } : {}), ...(of === null ? {} : { milestoneId: of.id }) } };
}

async function idsOfUsers({ client, repo, ...session }: GithubSession, logins: readonly string[]): Promise<string[] | (ExtraInput & { readonly ok: false })> {
  const ids: string[] = [];
  for (const login of logins) {
    const query = `query ($owner: String!, $name: String!, $login: String!) { repository(owner: $owner, name: $name) { assignableUsers(query: $login, first: 100) { nodes { id login } } } }`;
    const { data } = await client.query({ query, variables: { owner: repo.owner, name: repo.name, login }, about: "assignees" });
    const read = safeParse(object({ repository: object({ assignableUsers: object({ nodes: array(user) }) }) }), data);
    const found = read.success ? read.data.repository.assignableUsers.nodes.find((one) => one.login.toLowerCase() === login.toLowerCase()) : undefined;
    if (!found)
      return refused(
        `${login}, named as an assignee in create_fields, cannot be given issues in ${projectName({ ...session, repo })}.`,
        "Name the login of somebody with access to the repository.",
      );
    ids.push(found.id);
  }
  return ids;
}

async function findMilestone({ client, repo }: GithubSession, wanted: string): Promise<{ readonly id: string } | (ExtraInput & { readonly ok: false })> {
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { milestones(first: 100, states: [OPEN]) { nodes { id number title } } } }`;
  const { data } = await client.query({ query, variables: { owner: repo.owner, name: repo.name }, about: "milestones" });
  const read = safeParse(object({ repository: object({ milestones: nullable(object({ nodes: array(milestone) })) }) }), data);
  const all = read.success ? (read.data.repository.milestones?.nodes ?? []) : [];
  const found = all.find(({ title }) => title.toLowerCase() === wanted.toLowerCase()) ?? all.find((one) => String(one.number) === wanted);
  if (found) return found;
  const titles = all.map(({ title }) => title);
  const nearest = nearestWord(wanted, titles);
  const hint =
    titles.length === 0 ? "It has no open milestones." : `It has ${titles.slice(0, 10).join(", ")}${nearest === null ? "" : `; did you mean ${nearest}?`}`;
  return refused(`The repository has no open milestone ${wanted}, which create_fields names.`, hint);
}

function refused(message: string, hint: string): ExtraInput & { readonly ok: false } {
  return { ok: false, error: refusal("invalid", message, hint) };
}
