/** Asks the command of `verify:` whether a section that somebody closed is really in the code. */

import { makeRedactor, secretsOf } from "./redact.ts";
import { runBounded, type Bounded } from "./run-bounded.ts";
import { verifierEnv } from "./verifier-env.ts";
import { readAnswer, type Evidence, type VerifierQuestion } from "./verifier-schema.ts";

export interface VerifierOptions {
  /** The root of the workspace. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeout?: number;
}

export type VerifierResult =
  | { readonly verdict: "verified" | "refuted" | "unknown"; readonly evidence: readonly Evidence[]; readonly message: string | null }
  /** It could not be asked. `message`: what happened and what to do, as the end of a sentence. */
  | { readonly verdict: "failed"; readonly message: string };

const TIMEOUT = 60_000;
const MOST_OUTPUT = 1_000_000;
const LONGEST_LINE = 200;

const BY_HAND = "Run the command of verify: by hand to see why.";
const CONTRACT = 'It must print one JSON document on stdout: {"verdict": "verified" | "refuted" | "unknown", "evidence": […]}.';

/** Never throws: a verifier that fails leaves the section as it is. */
export async function runVerifier(command: string, question: VerifierQuestion, options: VerifierOptions): Promise<VerifierResult> {
  const timeout = options.timeout ?? TIMEOUT;
  const ended = await runBounded(command, {
    cwd: options.cwd,
    env: verifierEnv(options.env),
    input: `${JSON.stringify(question)}\n`,
    timeout,
    most: MOST_OUTPUT,
  });
  const redact = makeRedactor(secretsOf(options.env));
  const failed = (what: string): VerifierResult => ({ verdict: "failed", message: `the verifier ${redact(what)}` });
  if (ended.end !== "exited" || ended.code !== 0) return failed(failureOf(ended, timeout));
  const read = readAnswer(ended.out);
  if (!read.ok) return failed(`${read.problem}. ${CONTRACT}`);
  const { verdict, evidence, message } = read.answer;
  return { verdict, evidence, message: message === undefined ? null : redact(message) };
}

function failureOf(ended: Bounded, timeout: number): string {
  switch (ended.end) {
    case "exited": {
      const last = lastLine(ended.error);
      return `ended with exit code ${ended.code}${last === "" ? "" : `: ${last}`}. ${BY_HAND}`;
    }
    case "killed":
      return `was ended by ${ended.signal}. ${BY_HAND}`;
    case "timeout":
      return `gave no answer within ${timeout / 1000} s and was stopped. Make it faster, or let it answer "unknown" in time.`;
    case "too-much":
      return "printed more than 1 MB and was stopped. Let it print its log on stderr, and only the answer on stdout.";
    case "interrupted":
      return "was stopped together with this run. Run it again.";
    case "not-started":
      return `could not be started: ${ended.error}. Check verify: in the configuration.`;
  }
}

function lastLine(text: string): string {
  const line =
    text
      .split(/[\r\n]+/)
      .at(-1)
      ?.trim() ?? "";
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line.replace(/\.$/, "");
}
