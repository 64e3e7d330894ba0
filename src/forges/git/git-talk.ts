/** Comments, threads and checks of the plain-git forge: files, and who may write them. */

import type { Forge, Thread } from "../forge.ts";
import { checkCommit } from "../forge-names.ts";
import { notFound } from "./folder-client.ts";
import type { Numbered } from "./folder-schema.ts";
import { urlOf } from "./git-pull-requests.ts";
import type { GitSession } from "./git-session.ts";

type Methods = Pick<Forge, "comments" | "readComment" | "comment" | "editComment" | "threads" | "readThread" | "openThread" | "editThread" | "setCheck">;

export function talkMethods(session: GitSession): Methods {
  const { client, folder, folderPath, account } = session;
  const toThread = (found: Numbered | null): Thread | null => {
    if (found?.kind !== "thread") return null;
    const { kind: _kind, ...thread } = found;
    return { ...thread, url: urlOf(folderPath, thread.number) };
  };
  const known = (found: Numbered, number: number): Thread => {
    const thread = toThread(found);
    if (thread === null) throw notFound(`thread ${number} in ${session.name}`);
    return thread;
  };
  return {
    comments: async (number, since) => {
      const all = folder.comments(number);
      return since === undefined ? all : all.filter(({ updatedAt }) => updatedAt >= new Date(since).toISOString());
    },
    readComment: async (id) => folder.comment(id),
    comment: async (number, body) => {
      session.mayWrite();
      return folder.change((writer) => writer.addComment(number, account, body));
    },
    editComment: async (id, body) => {
      session.mayWrite();
      return folder.change((writer) => writer.editComment(id, body));
    },
    threads: async ({ author, label }) =>
      folder.all().flatMap((found) => {
        const thread = toThread(found);
        return thread !== null && thread.author === author && thread.labels.includes(label) ? [thread] : [];
      }),
    readThread: async (number) => toThread(folder.numbered(number)),
    openThread: async ({ title, body, labels }) => {
      session.mayWrite();
      const made = folder.change((writer) =>
        writer.add((number) => ({ kind: "thread", number, title, body, open: true, author: account, labels: [...new Set(labels)] })),
      );
      return known(made, made.number);
    },
    editThread: async (number, { title, body, open }) => {
      session.mayWrite();
      const edited = folder.change((writer) =>
        writer.edit(number, (found) => {
          const before = known(found, number);
          return { ...found, kind: "thread", title: title ?? before.title, body: body ?? before.body, open: open ?? before.open };
        }),
      );
      return known(edited, number);
    },
    setCheck: async (check) => {
      session.mayWrite();
      await client.need([checkCommit(check.commit)]);
      folder.change((writer) => writer.setCheck(check));
    },
  };
}
