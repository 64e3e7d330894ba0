/** What Linear says no with: GraphQL errors with a code, a type that its SDK classifies by, and a sentence for people. */

import type { WireAnswer } from "../kit/wire.ts";

export interface ProblemShape {
  readonly code: string;
  /** The words the SDK knows (its `errorMap`): "invalid input", "authentication error", "forbidden", … ; null: left out. */
  readonly type: string | null;
  readonly status: number;
  readonly presentable: string;
}

/** Thrown by resolvers; anything else that is thrown is a mistake of the emulator and a violation. */
export class LinearProblem extends Error {
  readonly shape: ProblemShape;

  constructor(message: string, shape: ProblemShape) {
    super(message);
    this.name = "LinearProblem";
    this.shape = shape;
  }
}

export function problemExtensions({ code, type, status, presentable }: ProblemShape): Record<string, unknown> {
  return { ...(type === null ? {} : { type }), code, statusCode: status, userError: status < 500, userPresentableMessage: presentable };
}

/** The whole request turned away. */
export function problemAnswer(problem: LinearProblem, status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer {
  return { status, headers, body: { errors: [{ message: problem.message, extensions: problemExtensions(problem.shape) }], data: null } };
}

/** [F] also what a key that may not see the entity hears. */
export function notFound(entity: string): LinearProblem {
  return new LinearProblem(`Entity not found: ${entity}`, {
    code: "INPUT_ERROR",
    type: "invalid input",
    status: 400,
    presentable: `Could not find referenced ${entity}.`,
  });
}

/** [F] FACTS.md: a repeated client id. */
export function conflictOnInsert(entity: string, id: string): LinearProblem {
  return new LinearProblem(`conflict on insert of ${entity}`, {
    code: "INPUT_ERROR",
    type: "invalid input",
    status: 400,
    presentable: `Entity ${entity} with id ${id} already exists.`,
  });
}

export function invalid(presentable: string): LinearProblem {
  return new LinearProblem("Argument Validation Error", { code: "INVALID_INPUT", type: "invalid input", status: 400, presentable });
}

export function refused(presentable: string): LinearProblem {
  return new LinearProblem("Invalid input", { code: "INPUT_ERROR", type: "invalid input", status: 400, presentable });
}

export function unauthenticated(presentable: string, status = 401): LinearProblem {
  return new LinearProblem("Authentication required, not authenticated", { code: "AUTHENTICATION_ERROR", type: "authentication error", status, presentable });
}

export function forbidden(presentable: string): LinearProblem {
  return new LinearProblem("Forbidden", { code: "FORBIDDEN", type: "forbidden", status: 403, presentable });
}

/** What the emulator does not do: never an answer that looks like Linear's. */
export class NotEmulated extends Error {
  constructor(what: string) {
    super(`${what} is not emulated: extend test/emulators/linear, or do without it`);
    this.name = "NotEmulated";
  }
}
