/** What the emulator's own tests start from: a running Linear, the vendor's client on it, and the ids of the team. */

import { LinearClient, LinearError } from "@linear/sdk";
import { given } from "./compare.ts";
import { startLinearEmulator, type LinearEmulator, type LinearEmulatorOptions } from "./linear-emulator.ts";

export interface LinearSession {
  readonly emulator: LinearEmulator;
  readonly client: LinearClient;
  readonly teamId: string;
  stateId(name: string): string;
  /** Data of a lean request; throws the SDK's error. */
  raw(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** Creates an issue by the API; answers its UUID and key. */
  create(input: Readonly<Record<string, unknown>>): Promise<{ readonly id: string; readonly key: string }>;
  /** One HTTP request as it is, with the answer's status, headers and body. */
  post(
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> }>;
}

export function linearClient(emulator: LinearEmulator, key: { readonly apiKey: string } | { readonly accessToken: string }): LinearClient {
  return new LinearClient({ ...key, apiUrl: `${emulator.url}/graphql` });
}

export async function linearSession(options: LinearEmulatorOptions = {}): Promise<LinearSession> {
  const emulator = await startLinearEmulator(options);
  const client = linearClient(emulator, { apiKey: emulator.tokens.full });
  const raw: LinearSession["raw"] = async (query, variables = {}) => given((await client.client.rawRequest(query, { ...variables })).data);
  const [team] = (await client.teams({ filter: { key: { eq: emulator.project } } })).nodes;
  if (!team) throw new Error(`there is no team ${emulator.project}`);
  const states = new Map((await team.states()).nodes.map(({ name, id }) => [name, id]));
  return {
    emulator,
    client,
    teamId: team.id,
    raw,
    stateId: (name) => states.get(name) ?? "",
    create: async (input) => {
      const data = await raw("mutation C($input: IssueCreateInput!) { issueCreate(input: $input) { issue { id identifier } } }", {
        input: { teamId: team.id, title: "A ticket", ...input },
      });
      const issue = given(given(data["issueCreate"])["issue"]);
      return { id: String(issue["id"]), key: String(issue["identifier"]) };
    },
    post: async (body, headers = {}) => {
      const response = await fetch(`${emulator.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: emulator.tokens.full, ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: given(await response.json()) };
    },
  };
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<LinearError> {
  const error: unknown = await call.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (error instanceof LinearError) return error;
  throw new Error(error === null ? "the call did not fail" : `another error: ${error instanceof Error ? error.message : "no Error"}`);
}

/** The first GraphQL error of an answer, as it came over the wire. */
export function wireError(body: unknown): Readonly<Record<string, unknown>> {
  const { errors } = given(body);
  const first = given(Array.isArray(errors) ? errors[0] : null);
  return { message: first["message"], path: first["path"], ...given(first["extensions"]) };
}
