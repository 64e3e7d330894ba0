/** Opens an emulated Jira for one test, with its vendor's client and a bare one, and closes it again: violations fail the test. */

import { createCloudClient } from "jira.js";
import { onTestFinished } from "vitest";
import { asObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import { startJiraEmulator } from "./jira-emulator.ts";
import type { JiraEmulator } from "./jira-emulator.ts";
import type { JiraEmulatorOptions } from "./jira-options.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
  readonly list: unknown;
  readonly text: string;
}

export interface OpenJira {
  readonly emulator: JiraEmulator;
  /** jira.js, which checks every answer by schemas of its own. Cloud only. */
  readonly jira: ReturnType<typeof createCloudClient>;
  /** A bare request below `/rest/api/N`. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export async function openJira(options: JiraEmulatorOptions = {}): Promise<OpenJira> {
  const emulator = await startJiraEmulator(options);
  onTestFinished(() => emulator.close());
  const { JIRA_EMAIL: email = "", JIRA_API_TOKEN: apiToken = "" } = emulator.credentials;
  const isCloud = email !== "";
  const authorization = isCloud ? basic(email, apiToken) : `Bearer ${apiToken}`;
  return {
    emulator,
    jira: createCloudClient({
      host: emulator.url,
      auth: isCloud ? { type: "basic", email, apiToken } : { type: "bearer", token: apiToken },
      onSchemaMismatch: "throw",
    }),
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(`${emulator.url}/rest/api/${isCloud ? 3 : 2}${path}`, {
        method,
        headers: { authorization, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = (response.headers.get("content-type") ?? "").includes("json") && text !== "" ? parsed(text) : null;
      return { status: response.status, headers: response.headers, body: asObject(json), list: json, text };
    },
  };
}

export function basic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
}

/** One paragraph of ADF. */
export function adf(...paragraphs: readonly string[]): { type: "doc"; version: 1; content: JsonObject[] } {
  return { type: "doc", version: 1, content: paragraphs.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })) };
}

export function fieldsOf(summary: string, given: JsonObject = {}): { fields: Record<string, unknown> } {
  return { fields: { project: { key: "PAY" }, issuetype: { name: "Task" }, summary, ...given } };
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
