/** Gives roles their colours, and decides whether a stream gets any. */

import { styleText } from "node:util";
import { unpainted, type Paint, type Role } from "../views/paint.ts";
import type { Sink, World } from "./world.ts";

type Format = Parameters<typeof styleText>[0];

const FORMATS: Readonly<Record<Role, Format>> = {
  heading: "bold",
  key: "cyan",
  quiet: "dim",
  create: "green",
  change: "yellow",
  remove: "red",
  added: "green",
  removed: "red",
  decision: ["bold", "magenta"],
  observed: "blue",
  good: "green",
  bad: "red",
  warn: "yellow",
  command: "cyan",
};

/** https://no-color.org, then FORCE_COLOR, then what the stream is. */
export function wantsColour(sink: Pick<Sink, "isTerminal">, env: World["env"], refused: boolean): boolean {
  if (refused || env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return sink.isTerminal && env["TERM"] !== "dumb";
}

/** The codes are asked for once per role: a plan paints tens of thousands of words. */
const codes = new Map<Role, readonly [string, string]>();

const painted: Paint = (role, text) => {
  if (text === "") return text;
  const [open, close] = codes.get(role) ?? codesOf(role);
  return open + text + close;
};

function codesOf(role: Role): readonly [string, string] {
  const [open = "", close = ""] = styleText(FORMATS[role], "\0", { validateStream: false }).split("\0");
  codes.set(role, [open, close]);
  return [open, close];
}

export function paintFor(sink: Pick<Sink, "isTerminal">, env: World["env"], refused: boolean): Paint {
  return wantsColour(sink, env, refused) ? painted : unpainted;
}
