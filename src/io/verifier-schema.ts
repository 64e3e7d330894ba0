/** What a verifier is asked and what it may answer: the contract between Canon and the command in `verify:`. */

import * as z from "zod/mini";

/** The JSON document on the verifier's standard input. `format` rises when a field changes its meaning. */
export interface VerifierQuestion {
  readonly format: 1;
  /** `specs/payments.md#key-gen`. */
  readonly address: string;
  readonly title: string;
  readonly ticket: { readonly key: string; readonly url: string | null; readonly title: string; readonly status: string };
  readonly criteria: readonly { readonly text: string; readonly checked: boolean }[];
  /** What is checked out; null outside of git. */
  readonly commit: string | null;
}

/** Where in the code something stands. */
export interface Evidence {
  /** Relative to the workspace. */
  readonly path: string;
  /** "12" or "12-30". */
  readonly lines?: string | undefined;
  readonly note?: string | undefined;
}

export interface VerifierAnswer {
  readonly verdict: "verified" | "refuted" | "unknown";
  readonly evidence: readonly Evidence[];
  readonly message?: string | undefined;
}

const LONGEST = 2000;
const MOST_EVIDENCE = 200;

/** A path that cannot lead out of the workspace: evidence may end up in markers and comments. */
function isInside(path: string): boolean {
  return path !== "" && !/^[\\/]|^[A-Za-z]:|[\u0000-\u001f\u007f\\]/.test(path) && !path.split("/").includes("..");
}

const text = z.string("must be text").check(z.maxLength(LONGEST, `must have at most ${LONGEST} characters`));

const LINES = 'must be "12" or "12-30"';

const evidence = z.object(
  {
    path: text.check(z.refine(isInside, "must be a path within the workspace, with /")),
    lines: z.optional(z.string(LINES).check(z.regex(/^\d{1,9}(?:-\d{1,9})?$/, LINES))),
    note: z.optional(text),
  },
  "must be { path, lines, note }",
);

const answer: z.ZodMiniType<VerifierAnswer> = z.object(
  {
    verdict: z.enum(["verified", "refuted", "unknown"], "must be verified, refuted or unknown"),
    evidence: z.array(evidence, "must be a list").check(z.maxLength(MOST_EVIDENCE, `must have at most ${MOST_EVIDENCE} entries`)),
    message: z.optional(text),
  },
  "must be an object",
);

export type ReadAnswer =
  | { readonly ok: true; readonly answer: VerifierAnswer }
  | { readonly ok: false; /** In a sentence: what it did instead. */ readonly problem: string };

/** `printed` is all that stood on standard output. */
export function readAnswer(printed: string): ReadAnswer {
  if (printed.trim() === "") return { ok: false, problem: "printed nothing" };
  let document: unknown;
  try {
    document = JSON.parse(printed);
  } catch {
    return { ok: false, problem: `printed something that is not one JSON document ("${beginning(printed)}")` };
  }
  const result = answer.safeParse(document);
  if (result.success) return { ok: true, answer: result.data };
  const [first] = result.error.issues;
  const place = first === undefined || first.path.length === 0 ? "it" : first.path.join(".");
  return { ok: false, problem: `printed JSON that is no verdict (${place} ${first?.message ?? "is something else"})` };
}

function beginning(printed: string): string {
  const line = printed.trim().replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
