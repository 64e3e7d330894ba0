/** The answer of a bulk create: 201 if any element succeeded, 400 if none did, and then in one of two forms [S]. */

import type { JiraClient, JiraRequest } from "./jira-client.ts";
import { createdSchema, type WireCreated } from "./jira-wire.ts";

export async function createIssues(client: JiraClient, count: number, request: JiraRequest): Promise<WireCreated> {
  const { status, json } = await client.send(request, [400]);
  if (status !== 400) return client.read(request, json, createdSchema);
  const parsed = createdSchema.safeParse(json);
  if (parsed.success && parsed.data.errors !== undefined && parsed.data.errors.length > 0) return parsed.data;
  // The request itself was refused: that is every element of it.
  return { issues: [], errors: Array.from({ length: count }, (_, index) => ({ failedElementNumber: index, status, elementErrors: json })) };
}
