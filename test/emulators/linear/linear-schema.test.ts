/** The schema is the SDK's own, and the judge sees every request and answer that breaks it. */

import { buildSchema, isInputObjectType, isInterfaceType, isObjectType, validateSchema, type GraphQLNamedType } from "graphql";
import { describe, expect, test } from "vitest";
import { contractText } from "../kit/contract-file.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { prepare } from "./documents.ts";
import { linearSchema } from "./linear-schema.ts";
import { failure, linearSession } from "./linear-session.ts";

const CONTRACT = contractText("linear/schema-sdk98.reconstructed.graphql.gz");

function described(type: GraphQLNamedType): unknown {
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(
      fields.map((field) => [field.name, [String(field.type), Object.fromEntries(field.args.map((arg) => [arg.name, String(arg.type)]))]]),
    );
  }
  return type.name;
}

describe("the schema that is rebuilt from the typings", () => {
  test("is valid, and quick to build", () => {
    const before = performance.now();
    expect(validateSchema(linearSchema())).toEqual([]);
    expect(Object.keys(linearSchema().getTypeMap()).length).toBeGreaterThan(1_200);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  test.skipIf(CONTRACT === null)("agrees with ../shared/contracts in all types, fields and arguments (skipped where it is missing)", () => {
    const [ours, theirs] = [linearSchema().getTypeMap(), buildSchema(CONTRACT ?? "").getTypeMap()];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [name, type] of Object.entries(theirs)) {
      const our = ours[name];
      if (our && !name.startsWith("__")) expect([name, described(our)]).toEqual([name, described(type)]);
    }
  });
});

describe("the judge", () => {
  const QUERY = '{ issue(id: "ENG-1") { id title createdAt state { name } labels { nodes { name } } } }';
  const FINE = { data: { issue: { id: "x", title: "T", createdAt: "2026-01-01T00:00:00.000Z", state: { name: "Done" }, labels: { nodes: [] } } } };
  const judged = (issue: object): readonly string[] => judgeAnswer(prepare(QUERY, null), { data: { issue: { ...FINE.data.issue, ...issue } } });

  test("a good answer has no problems", () => {
    expect(judged({})).toEqual([]);
    expect(judgeAnswer(prepare(QUERY, null), { errors: [{ message: "no" }], data: null })).toEqual([]);
  });

  test("one field of an answer misspelt, missing, null, or of another type", () => {
    expect(judged({ titel: "T" })).toEqual(["data.issue.titel was not asked for"]);
    expect(judged({ labels: { nodez: [] } })).toEqual(["data.issue.labels.nodez was not asked for", "data.issue.labels.nodes is missing"]);
    expect(judged({ state: null })).toEqual(["data.issue.state is null"]);
    expect(judged({ title: {} })).toEqual([expect.stringContaining("data.issue.title")]);
    expect(judged({ createdAt: "yesterday" })).toEqual([expect.stringContaining("data.issue.createdAt")]);
    expect(judgeAnswer(prepare(QUERY, null), { data: null })).toHaveLength(1);
  });

  test.each([
    ["a field of a request", '{ issue(id: "ENG-1") { titel } }', {}],
    ["an argument", "{ issues(frist: 1) { nodes { id } } }", {}],
    ["an input's field", 'mutation U($input: IssueUpdateInput!) { issueUpdate(id: "ENG-1", input: $input) { success } }', { input: { titel: "x" } }],
    ["an input's type", 'mutation U($input: IssueUpdateInput!) { issueUpdate(id: "ENG-1", input: $input) { success } }', { input: { title: 7 } }],
    ["a variable that is missing", "query I($id: String!) { issue(id: $id) { id } }", {}],
    ["what is not emulated", "{ projects { nodes { id } } }", {}],
    ["a filter that is not emulated", "{ issues(filter: { cycle: { null: true } }) { nodes { id } } }", {}],
    ["a field that is not emulated", 'mutation { issueUpdate(id: "ENG-1", input: { estimate: 3 }) { success } }', {}],
  ])("over the wire, %s makes close() throw", async (_what, query, variables) => {
    const { emulator, create, client } = await linearSession();
    await create({});
    expect(emulator.violations()).toEqual([]);
    emulator.clock.advance(5_000);
    await failure(client.client.rawRequest(query, variables));
    expect(emulator.violations()).toHaveLength(1);
    await expect(emulator.close()).rejects.toThrow("judge found 1 violation");
  });
});
