/** What an answer to many aliased mutations means for each of them: said by a door that answers whatever a test wants. */

import { fc } from "../../harness/property.ts";
import { describe, expect, it } from "vitest";
import { costOf, COST_LIMIT } from "../../../src/trackers/linear/linear-cost.ts";
import type { LinearAnswer, LinearClient, LinearRequest } from "../../../src/trackers/linear/linear-client.ts";
import { runMutations, type Work } from "../../../src/trackers/linear/linear-mutations.ts";
import { problemKind, type LinearProblem } from "../../../src/trackers/linear/linear-problems.ts";
import { TrackerError } from "../../../src/trackers/tracker-error.ts";

function problem(given: Partial<LinearProblem>): LinearProblem {
  return { words: "No.", message: "Argument Validation Error", code: "INVALID_INPUT", type: "", status: 200, path: [], ...given };
}

interface Door extends LinearClient {
  readonly sent: LinearRequest[];
}

function door(answers: readonly ((request: LinearRequest) => LinearAnswer)[]): Door {
  const sent: LinearRequest[] = [];
  const nobody = (): never => {
    throw new Error("nobody reads here");
  };
  return {
    sent,
    read: nobody,
    ask: nobody,
    write: async (request) => {
      sent.push(request);
      const answer = answers[sent.length - 1];
      if (!answer) throw new Error("one request too many");
      return answer(request);
    },
    errorOf: (one, writes, ticket) => new TrackerError(problemKind(one, writes), `${ticket ?? ""} ${one.words}`.trim()),
    error: (kind, message, hint) => new TrackerError(kind, message, { hint }),
    reworded: (error, { kind = error.kind, words = (message) => message }) => new TrackerError(kind, words(error.message)),
  };
}

/** Fields, then base. */
function work(ticket: string): Work {
  return {
    ticket,
    mutations: [
      { field: "issueUpdate", id: ticket, input: { title: ticket }, selection: "issue { id }" },
      { field: "attachmentCreate", input: { issueId: ticket, url: "canon://base", title: "Canon" }, selection: "attachment { id }" },
    ],
  };
}

const ALIAS = /^ {2}(e\d+p\d+):/gm;

function aliasesIn({ query }: LinearRequest): readonly string[] {
  return [...query.matchAll(ALIAS)].map(([, alias]) => alias ?? "");
}

const allDone = (request: LinearRequest): LinearAnswer => ({
  data: Object.fromEntries(aliasesIn(request).map((alias) => [alias, { success: true }])),
  problems: [],
});

const stopsAt =
  (alias: string, given: Partial<LinearProblem> = {}) =>
  (): LinearAnswer => ({ data: null, problems: [problem({ path: [alias], ...given })] });

const states = async (client: LinearClient, works: readonly Work[]): Promise<readonly string[]> =>
  (await runMutations(client, works, "update")).map((fate) => (fate.state === "landed" ? fate.state : `${fate.state} ${fate.error.kind}`));

describe("an answer to many mutations", () => {
  it("that shows all has landed", async () => {
    const client = door([allDone]);
    expect(await states(client, [work("A-1"), work("A-2")])).toEqual(["landed", "landed"]);
    expect(aliasesIn(client.sent[0] ?? { query: "", variables: {}, about: "" })).toEqual(["e0p0", "e0p1", "e1p0", "e1p1"]);
  });

  it("that stops at a first part refuses that one and sends the rest once", async () => {
    const client = door([stopsAt("e1p0"), allDone]);
    expect(await states(client, ["A-1", "A-2", "A-3"].map(work))).toEqual(["landed", "refused invalid", "landed"]);
    expect(Object.values(client.sent[1]?.variables ?? {})).toContainEqual({ title: "A-3" });
    expect(JSON.stringify(client.sent[1]?.variables)).not.toContain("A-1");
  });

  it("that stops between fields and base is neither done nor refused", async () => {
    const client = door([stopsAt("e0p1"), allDone]);
    const [first, second] = await runMutations(client, [work("A-1"), work("A-2")], "update");
    expect(first).toMatchObject({ state: "unknown", error: { kind: "unknown-outcome", message: expect.stringContaining("A-1 No.") } });
    expect(second).toMatchObject({ state: "landed" });
  });

  it("that stops with an error of the server is unknown there, not refused", async () => {
    const client = door([stopsAt("e0p0", { code: "INTERNAL_SERVER_ERROR" }), allDone]);
    expect(await states(client, [work("A-1"), work("A-2")])).toEqual(["unknown unknown-outcome", "landed"]);
  });

  it("that names no mutation leaves several in doubt", async () => {
    for (const answer of [
      (): LinearAnswer => ({ data: null, problems: [problem({ path: ["somewhere"] })] }),
      (): LinearAnswer => ({ data: null, problems: [] }),
    ]) {
      expect(await states(door([answer]), [work("A-1"), work("A-2")])).toEqual(["unknown unknown-outcome", "unknown unknown-outcome"]);
    }
  });

  it("that says no without an error did nothing of a first part", async () => {
    const client = door([(request) => ({ data: Object.fromEntries(aliasesIn(request).map((alias) => [alias, { success: alias !== "e0p0" }])), problems: [] })]);
    expect(await states(client, [work("A-1"), work("A-2")])).toEqual(["refused invalid", "landed"]);
  });

  it("that leaves a part out leaves its work in doubt", async () => {
    for (const missing of ["e0p0", "e0p1"]) {
      const client = door([
        (request) => ({
          data: Object.fromEntries(aliasesIn(request).flatMap((alias) => (alias === missing ? [] : [[alias, { success: true }]]))),
          problems: [],
        }),
      ]);
      expect(await states(client, [work("A-1"), work("A-2")])).toEqual(["unknown unknown-outcome", "landed"]);
    }
  });

  it("that never comes leaves what was in that request in doubt and sends nothing more", async () => {
    const client = door([
      () => {
        throw new TrackerError("unknown-outcome", "lost");
      },
    ]);
    const outcomes = await states(
      client,
      Array.from({ length: 60 }, (_one, index) => work(`A-${index}`)),
    );
    expect(outcomes.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => "unknown unknown-outcome"));
    expect(outcomes.slice(50)).toEqual(Array.from({ length: 10 }, () => "unsent unavailable"));
  });

  it("that is a limit leaves everything from there on unsent, with the time to wait", async () => {
    const client = door([
      allDone,
      () => {
        throw new TrackerError("rate-limited", "wait", { retryAfter: 7 });
      },
    ]);
    const fates = await runMutations(
      client,
      Array.from({ length: 120 }, (_one, index) => work(`A-${index}`)),
      "update",
    );
    expect(fates.map(({ state }) => state)).toEqual([...Array.from({ length: 50 }, () => "landed"), ...Array.from({ length: 70 }, () => "unsent")]);
    expect(fates.at(-1)).toMatchObject({ error: { retryAfter: 7 } });
  });

  it("any number of works, any of them refused: each is sent until it is answered, and none after", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 130 }), async (refused) => {
        const done: string[] = [];
        const answer = (request: LinearRequest): LinearAnswer => {
          for (const alias of aliasesIn(request).filter((one) => one.endsWith("p0"))) {
            const ticket = String(request.variables[`${alias}id`]);
            if (refused[Number(ticket.slice(2))]) return { data: null, problems: [problem({ path: [alias] })] };
            done.push(ticket);
          }
          return allDone(request);
        };
        const client = door(Array.from({ length: 300 }, () => answer));
        const outcomes = await states(
          client,
          refused.map((_one, index) => work(`A-${index}`)),
        );
        expect(outcomes).toEqual(refused.map((no) => (no ? "refused invalid" : "landed")));
        expect(done).toEqual(refused.flatMap((no, index) => (no ? [] : [`A-${index}`])));
        for (const { query } of client.sent) expect(costOf(query)).toBeLessThanOrEqual(COST_LIMIT);
      }),
      { numRuns: 50 },
    );
  });
});

it("what an error means is read from its code and words, not from its HTTP status", () => {
  const kinds = (["AUTHENTICATION_ERROR", "FORBIDDEN", "RATELIMITED", "INPUT_ERROR", "INTERNAL_SERVER_ERROR", ""] as const).map((code) =>
    problemKind(problem({ code, status: 400 }), true),
  );
  expect(kinds).toEqual(["auth", "forbidden", "rate-limited", "invalid", "unknown-outcome", "invalid"]);
  expect(problemKind(problem({ code: "INPUT_ERROR", message: "conflict on insert of Issue" }), true)).toBe("conflict");
  expect(problemKind(problem({ code: "INPUT_ERROR", message: "Entity not found: Issue" }), true)).toBe("not-found");
  expect(problemKind(problem({ code: "", type: "authentication error" }), true)).toBe("auth");
  expect(problemKind(problem({ code: "INTERNAL_SERVER_ERROR", status: 200 }), true)).toBe("unknown-outcome");
  expect(problemKind(problem({ code: "INTERNAL_SERVER_ERROR", status: 500 }), false)).toBe("unavailable");
});
