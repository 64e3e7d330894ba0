/** Reads what a REST request writes into an issue, with GitHub's own refusals. */

import { isObject } from "../../kit/json-value.ts";
import type { JsonObject } from "../../kit/json-value.ts";
import { hasPush } from "../github-access.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import type { Account, IssueType, Label, Repo, StateReason } from "../state/github-state.ts";
import { typeNamed } from "../state/github-world.ts";
import { labelFor } from "../state/write-issues.ts";

export interface WrittenIssue {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly Label[];
  readonly type?: IssueType | null;
  readonly assignees?: readonly Account[];
}

export function fieldsOf({ request }: Call): JsonObject {
  if (!isObject(request.json)) throw new GithubRefusal("bad-request", request.text === "" ? "Body should be a JSON object" : "Problems parsing JSON");
  return request.json;
}

/** Without push access labels, types and assignees are not even looked at. */
export function writtenIssue(call: Call, repo: Repo, fields: JsonObject): WrittenIssue {
  const title = text(fields["title"], "title");
  const body = fields["body"] === null ? "" : text(fields["body"], "body");
  const texts = { ...(title === undefined ? {} : { title }), ...(body === undefined ? {} : { body }) };
  if (!hasPush(call.access, call.token, repo)) return texts;
  return { ...texts, ...labelsOf(call, repo, fields["labels"]), ...typeOf(repo, fields), ...assigneesOf(call, fields["assignees"]) };
}

export function typeIn(fields: JsonObject): boolean {
  return fields["type"] !== undefined;
}

export function labelName(given: unknown): string {
  const name = isObject(given) ? given["name"] : given;
  if (typeof name !== "string") throw invalidField("Label", "name", "name is missing", "missing_field");
  return name;
}

export function flag(fields: JsonObject, name: string, allowed: readonly StateReason[]): StateReason | null {
  const given = fields[name];
  if (given === undefined || given === null) return null;
  const found = allowed.find((one) => one === given);
  if (found === undefined) throw invalidField("Issue", name, `${name} is invalid`, "invalid");
  return found;
}

function text(given: unknown, field: string): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "number" && field === "title") return String(given);
  if (typeof given !== "string") throw new GithubRefusal("unprocessable", `For '${field}', ${JSON.stringify(given)} is not a string.`);
  return given;
}

function labelsOf(call: Call, repo: Repo, given: unknown): WrittenIssue {
  return Array.isArray(given) ? { labels: given.map((one) => labelFor(call.world, repo, labelName(one))) } : {};
}

/** Accounts that are no organisation have no types: what is sent is ignored there. */
function typeOf(repo: Repo, fields: JsonObject): WrittenIssue {
  const given = isObject(fields["type"]) ? fields["type"]["value"] : fields["type"];
  if (given === undefined || repo.owner.kind !== "Organization") return {};
  if (given === null) return { type: null };
  const type = typeof given === "string" ? typeNamed(repo, given) : null;
  if (type === null) throw invalidField("Issue", "type", `type ${JSON.stringify(given)} does not exist`, "invalid");
  return { type };
}

function assigneesOf(call: Call, given: unknown): WrittenIssue {
  if (!Array.isArray(given)) return {};
  const assignees = given.map((login: unknown) => {
    const account = call.world.accounts.find((one) => one.kind === "User" && one.login === (isObject(login) ? login["login"] : login));
    if (!account)
      throw new GithubRefusal("unprocessable", "Validation Failed", {
        problems: [{ resource: "Issue", field: "assignees", code: "invalid", value: String(login) }],
      });
    return account;
  });
  return { assignees };
}
