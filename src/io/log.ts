/** Debug lines for people on stderr, switched on by topic: CANON_DEBUG=http,plan,journal. */

import type { Redactor } from "./redact.ts";

export const LOG_TOPICS = ["http", "plan", "journal", "git"] as const;

export type LogTopic = (typeof LOG_TOPICS)[number];

export interface Log {
  on(topic: LogTopic): boolean;
  /** `message` is only made where the topic is on. */
  say(topic: LogTopic, message: () => string): void;
}

export const silentLog: Log = { on: () => false, say: () => undefined };

/** `wanted` is the value of CANON_DEBUG: topics with commas, or `all`. A word that is no topic is told once. */
export function openLog(wanted: string | undefined, redact: Redactor, write: (line: string) => void): Log {
  const words = (wanted ?? "").split(",").map((word) => word.trim().toLowerCase());
  const asked = new Set(words.filter((word) => word !== "" && word !== "0"));
  if (asked.size === 0) return silentLog;
  const all = asked.has("all") || asked.has("1") || asked.has("*");
  const topics = new Set(LOG_TOPICS.filter((topic) => all || asked.has(topic)));
  const unknown = [...asked].filter((word) => !["all", "1", "*", ...LOG_TOPICS].includes(word));
  if (unknown.length > 0) write(redact(`canon: CANON_DEBUG knows ${LOG_TOPICS.join(", ")} and all; not ${unknown.join(", ")}\n`));
  return {
    on: (topic) => topics.has(topic),
    say: (topic, message) => {
      if (topics.has(topic)) write(redact(`canon ${topic}: ${message()}\n`));
    },
  };
}
