/** Comments of pull requests and threads, and the threads themselves. */

import type { Comment, Forge, Thread } from "../forge.ts";
import { forbiddenIfThere, refusal } from "./github-client.ts";
import { commentOf, threadOf } from "./github-map.ts";
import { REPO, withPlace, type GithubPlace } from "./github-place.ts";
import { wireComment, wireComments, wireThread, wireThreads, type WireComment, type WireThread } from "./github-wire.ts";

const COMMENT = `${REPO}/issues/comments/{comment_id}`;
const ISSUE = `${REPO}/issues/{issue_number}`;

type Talk = Pick<Forge, "comments" | "readComment" | "comment" | "editComment" | "threads" | "readThread" | "openThread" | "editThread">;

export function githubTalk(place: GithubPlace): Talk {
  const { client } = place;
  const inIssue = (number: number): Readonly<Record<string, unknown>> => withPlace(place, { issue_number: number });

  const readComment = async (id: string): Promise<Comment | null> => {
    if (!isId(id)) return null;
    const found = await client.find(`GET ${COMMENT}`, withPlace(place, { comment_id: id }), wireComment);
    return found === null ? null : commentOf(found);
  };

  const readThread = async (number: number): Promise<Thread | null> => {
    const found = await client.find(`GET ${ISSUE}`, inIssue(number), wireThread);
    return found === null || !isOurs(place, found) ? null : threadOf(found);
  };

  return {
    readComment,
    readThread,
    comments: async (number, since) => {
      const parameters = { ...inIssue(number), ...(since === undefined ? {} : { since }) };
      const found = await client.list(`GET ${ISSUE}/comments`, parameters, wireComments);
      return [...new Map(found.map((one) => [one.id, commentOf(one)])).values()];
    },
    comment: async (number, body) => {
      const write = (): Promise<WireComment> => client.write(`POST ${ISSUE}/comments`, { ...inIssue(number), body }, wireComment, 1);
      return commentOf(await forbiddenIfThere(write, () => client.get(`GET ${ISSUE}`, inIssue(number), wireThread)));
    },
    editComment: async (id, body) => {
      if (!isId(id)) throw refusal("invalid", `${JSON.stringify(id.slice(0, 40))} is no comment's id on GitHub.`, "Take the id from the comment.");
      const write = (): Promise<WireComment> => client.write(`PATCH ${COMMENT}`, withPlace(place, { comment_id: id, body }), wireComment);
      return commentOf(await forbiddenIfThere(write, () => client.get(`GET ${COMMENT}`, withPlace(place, { comment_id: id }), wireComment)));
    },
    threads: async ({ author, label }) => {
      const parameters = withPlace(place, { labels: label, state: "all", sort: "created", direction: "asc" });
      const found = await client.list(`GET ${REPO}/issues`, parameters, wireThreads);
      const own = found.filter((one) => isOurs(place, one)).map(threadOf);
      // By author here: GitHub's filter and its answers name apps differently.
      return own.filter((one) => one.author === author && one.labels.includes(label)).toSorted((one, other) => one.number - other.number);
    },
    openThread: async ({ title, body, labels }) => {
      const write = (): Promise<WireThread> => client.write(`POST ${REPO}/issues`, withPlace(place, { title, body, labels: [...labels] }), wireThread, 1);
      return threadOf(await forbiddenIfThere(write, () => place.repository()));
    },
    editThread: async (number, { open, ...edit }) => {
      const parameters = { ...inIssue(number), ...edit, ...(open === undefined ? {} : { state: open ? "open" : "closed" }) };
      const write = (): Promise<WireThread> => client.write(`PATCH ${ISSUE}`, parameters, wireThread);
      return threadOf(await forbiddenIfThere(write, () => client.get(`GET ${ISSUE}`, inIssue(number), wireThread)));
    },
  };
}

function isId(id: string): boolean {
  return /^\d{1,20}$/.test(id);
}

/** Pull requests are issues as well, and a moved issue is answered by the repository it went to. */
function isOurs({ name }: GithubPlace, { pull_request: pull, repository_url: url }: WireThread): boolean {
  return pull === undefined && url.toLowerCase().endsWith(`/${name.toLowerCase()}`);
}
