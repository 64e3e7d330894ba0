/** The code host and the tracker as a run reaches them: every request goes through the run's door. */

import type { Forge } from "../../src/forges/forge.ts";
import type { Clock } from "../../src/io/clock.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { watching } from "../harness/watched-tracker.ts";
import type { Door } from "./bot-conductor.ts";

export function forgeBehind(forge: Forge, door: Door): Forge {
  const through =
    (isWrite: boolean) =>
    <A extends readonly unknown[], R>(name: string, method: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> =>
      door.pass({ name, isWrite }, () => method(...given));
  const [read, write] = [through(false), through(true)];
  return {
    ...forge,
    repository: read("repository", forge.repository),
    branches: read("branches", forge.branches),
    head: read("head", forge.head),
    paths: read("paths", forge.paths),
    read: read("read", forge.read),
    commits: read("commits", forge.commits),
    changed: read("changed", forge.changed),
    mergeBase: read("mergeBase", forge.mergeBase),
    pullRequest: read("pullRequest", forge.pullRequest),
    mergeResult: read("mergeResult", forge.mergeResult),
    pullRequests: read("pullRequests", forge.pullRequests),
    comments: read("comments", forge.comments),
    readComment: read("readComment", forge.readComment),
    threads: read("threads", forge.threads),
    readThread: read("readThread", forge.readThread),
    permissionOf: read("permissionOf", forge.permissionOf),
    commit: write("commit", forge.commit),
    move: write("move", forge.move),
    openPullRequest: write("openPullRequest", forge.openPullRequest),
    editPullRequest: write("editPullRequest", forge.editPullRequest),
    addLabels: write("addLabels", forge.addLabels),
    comment: write("comment", forge.comment),
    editComment: write("editComment", forge.editComment),
    openThread: write("openThread", forge.openThread),
    editThread: write("editThread", forge.editThread),
    setCheck: write("setCheck", forge.setCheck),
  };
}

export function trackerBehind(connect: ConnectTracker, door: Door): ConnectTracker {
  const writes = watching(connect, ({ operation, elements }, send) =>
    door.pass({ name: `tracker.${operation}`, isWrite: true }, send, () => send(0, elements.length >> 1)),
  );
  return async (target, context) => {
    const connection = await writes(target, context);
    if (!connection.ok) return connection;
    const { tracker } = connection;
    const read = <T>(name: string, ask: () => Promise<T>): Promise<T> => door.pass({ name: `tracker.${name}`, isWrite: false }, ask);
    return {
      ok: true,
      tracker: {
        ...tracker,
        get capabilities() {
          return tracker.capabilities;
        },
        check: () => read("check", () => tracker.check()),
        read: (query) => read("read", () => tracker.read(query)),
        history: (keys, since) => read("history", () => tracker.history(keys, since)),
        settleCreates: (inDoubt) => read("settle", () => tracker.settleCreates(inDoubt)),
      },
    };
  };
}

/** Waiting is a turn that somebody else may have. */
export function clockBehind(clock: Clock, door: Door): Clock {
  return {
    ...clock,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      await door.sleep(milliseconds);
    },
  };
}

/** A dead process starts no git any more. */
export function envBehind(env: Readonly<Record<string, string | undefined>>, door: Door): Readonly<Record<string, string | undefined>> {
  return Object.defineProperty({ ...env }, "PATH", { enumerable: true, get: () => (door.isDead() ? "" : env["PATH"]) });
}
