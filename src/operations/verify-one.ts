/** Asks the verifier about one section whose ticket was closed, and puts its answer into words. */

import type { Ticket } from "../core/model/ticket.ts";
import type { CompiledItem } from "../core/plan/compile-items.ts";
import type { Verified } from "../core/plan/plan-input.ts";
import { runVerifier, type VerifierResult } from "../io/run-verifier.ts";
import type { Evidence } from "../io/verifier-schema.ts";
import type { Workspace } from "./workspace.ts";

/** `message` ends a sentence that begins with what stays as it is. */
export async function verifyOne(
  item: CompiledItem,
  ticket: Ticket,
  { config, home, env }: Pick<Workspace, "config" | "home" | "env">,
  commit: string | null,
): Promise<Verified> {
  if (config.verifyCommand === null) return { isVerified: false, message: "no verifier is configured (verify: { command: … })." };
  const result = await runVerifier(
    config.verifyCommand,
    {
      format: 1,
      address: item.addressText,
      title: item.fields.title,
      ticket: { key: ticket.key, url: ticket.url, title: ticket.title, status: ticket.status },
      criteria: item.fields.criteria.map(({ text, checked }) => ({ text, checked })),
      commit,
    },
    // Where the code is: the bot has its specs in a folder of their own.
    { cwd: home, env },
  );
  return { isVerified: result.verdict === "verified", message: wordsOf(result) };
}

function wordsOf(result: VerifierResult): string {
  switch (result.verdict) {
    case "verified":
      return `the verifier found it in the code${detailOf(result)}`;
    case "refuted":
      return `the verifier does not find it in the code${detailOf(result)}`;
    case "unknown":
      return `the verifier cannot tell whether it is in the code${detailOf(result)}`;
    case "failed":
      return result.message;
  }
}

/** Its own words, else where it looked. */
function detailOf({ message, evidence }: Exclude<VerifierResult, { verdict: "failed" }>): string {
  const detail = message?.trim() || evidence.slice(0, SHOWN).map(placeOf).join(", ");
  return detail === "" ? "." : `: ${detail.replace(/\.$/, "")}.`;
}

const SHOWN = 3;

function placeOf({ path, lines }: Evidence): string {
  return lines === undefined ? path : `${path}:${lines}`;
}
