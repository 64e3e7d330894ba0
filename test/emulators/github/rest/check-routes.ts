/** REST: check runs, which only apps may write: tokens of people are refused (FACTS.md, GitHub). */

import { asList, asObject, asText } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import type { Annotation, StoredCheck } from "../code/code-world.ts";
import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import { nodeId, takeId } from "../state/github-world.ts";
import { nameOf } from "../state/github-state.ts";
import { checkRole, codePlace, commitNamed } from "./code-access.ts";
import type { CodePlace } from "./code-access.ts";
import { fieldsOf } from "./issue-body.ts";
import { repoUrl, restAccount } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";
import { paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const REPO = "/repos/:owner/:repo";
/** Annotations in one request; more are added by further ones. */
const MOST = 50;
const SUMMARY = 65_535;

export const CHECK_ROUTES: readonly Route[] = [
  { method: "POST", path: `${REPO}/check-runs`, handle: create },
  { method: "PATCH", path: `${REPO}/check-runs/:id`, handle: change },
  { method: "GET", path: `${REPO}/commits/:ref+/check-runs`, handle: list },
  { method: "GET", path: `${REPO}/check-runs/:id/annotations`, handle: annotations },
];

function writable(call: Call, params: Params): CodePlace {
  const place = codePlace(call, params, "write", "checks");
  if (call.token.app === null) throw new GithubRefusal("forbidden", "You must authenticate via a GitHub App.");
  checkRole(call, place.repo, "checks=write");
  return place;
}

function create(call: Call, params: Params): WireAnswer {
  const { repo, git } = writable(call, params);
  const fields = fieldsOf(call);
  const { head_sha: commit, name } = fields;
  if (typeof name !== "string" || typeof commit !== "string") throw invalidField("CheckRun", "name", "name is missing", "missing_field");
  if (git.typeOf(commit) !== "commit") throw new GithubRefusal("unprocessable", `No commit found for SHA: ${commit}`);
  if (call.token.app === null) throw new GithubRefusal("forbidden", "You must authenticate via a GitHub App.");
  const id = takeId(call.world);
  const check: StoredCheck = {
    ...{ id, nodeId: nodeId("CR", id), repo, commit, app: call.token.app, name },
    startedAt: call.world.clock.now(),
    ...{ status: "queued", conclusion: null, completedAt: null, title: null, summary: null, annotations: [] },
  };
  apply(call, check, fields);
  call.world.code.checks.push(check);
  return { status: 201, body: restCheck(call, check) };
}

function change(call: Call, params: Params): WireAnswer {
  writable(call, params);
  const check = checkFor(call, params);
  if (check.app.slug !== call.token.app?.slug)
    throw new GithubRefusal("forbidden", "Invalid app_id `0` - check run can only be modified by the GitHub App that created it.");
  apply(call, check, fieldsOf(call));
  return { status: 200, body: restCheck(call, check) };
}

function apply(call: Call, check: StoredCheck, { name, status, conclusion, output }: Json): void {
  const said = asObject(output);
  const summary = asText(said["summary"]);
  const added = asList(said["annotations"]).map(annotationOf);
  if (output !== undefined && summary === null) throw invalidField("CheckRun", "summary", "summary is missing", "missing_field");
  if (added.length > MOST)
    throw new GithubRefusal("unprocessable", `Invalid request.\n\nNo more than ${MOST} items are allowed; ${added.length} were supplied.`);
  if ((summary ?? "").length > SUMMARY)
    throw new GithubRefusal("unprocessable", `Invalid request.\n\nOnly ${SUMMARY} characters are allowed; ${(summary ?? "").length} were supplied.`);
  check.name = asText(name) ?? check.name;
  check.conclusion = asText(conclusion) ?? check.conclusion;
  check.status = asText(conclusion) === null ? (asText(status) ?? check.status) : "completed";
  if (check.status === "completed") check.completedAt ??= call.world.clock.now();
  check.title = asText(said["title"]) ?? check.title;
  check.summary = summary ?? check.summary;
  check.annotations.push(...added);
}

function annotationOf(given: unknown): Annotation {
  const { path, start_line: first, end_line: last, annotation_level: level, message } = asObject(given);
  if (typeof path !== "string" || typeof first !== "number" || typeof last !== "number" || typeof level !== "string" || typeof message !== "string")
    throw new GithubRefusal("unprocessable", "Invalid request.\n\nAn annotation lacks a field.");
  return { path, start_line: first, end_line: last, annotation_level: level, message };
}

/** `filter=latest`, as usual: the newest of each name. */
function list(call: Call, params: Params): WireAnswer {
  const { repo, git } = codePlace(call, params, "read", "checks");
  const commit = commitNamed(git, param(params, "ref"));
  if (commit === null) throw new GithubRefusal("unprocessable", `No commit found for SHA: ${param(params, "ref")}`);
  const { query } = call.request;
  const name = query.get("check_name");
  const all = call.world.code.checks.filter((one) => one.repo === repo && one.commit === commit && (name === null || one.name === name));
  const shown = query.get("filter") === "all" ? all : latest(all);
  return paged(call, shown, (items) => ({ total_count: shown.length, check_runs: items.map((one) => restCheck(call, one)) }));
}

export function latest(checks: readonly StoredCheck[]): readonly StoredCheck[] {
  return [...new Map(checks.map((one) => [`${one.app.slug} ${one.name}`, one])).values()];
}

function annotations(call: Call, params: Params): WireAnswer {
  codePlace(call, params, "read", "checks");
  return paged(call, checkFor(call, params).annotations, (items) =>
    items.map((one) => ({ ...one, start_column: null, end_column: null, title: null, raw_details: null, blob_href: `${call.web}/blob` })),
  );
}

function checkFor(call: Call, params: Params): StoredCheck {
  const { repo } = codePlace(call, params, "read", "checks");
  const check = call.world.code.checks.find((one) => one.repo === repo && String(one.id) === param(params, "id"));
  if (!check) throw new GithubRefusal("not-found", "Not Found");
  return check;
}

function restCheck(call: Call, check: StoredCheck): Json {
  const { id, app, repo, commit, name, status, conclusion, startedAt, completedAt, title, summary } = check;
  const url = `${repoUrl(call, repo)}/check-runs/${id}`;
  const page = `${call.web}/${nameOf(repo)}/runs/${id}`;
  const born = "2025-01-01T00:00:00Z";
  return {
    ...{ id, node_id: check.nodeId, head_sha: commit, name, url, html_url: page, details_url: page, external_id: "", status, conclusion },
    started_at: isoSeconds(startedAt),
    completed_at: completedAt === null ? null : isoSeconds(completedAt),
    check_suite: { id: app.id },
    output: { title, summary, text: null, annotations_count: check.annotations.length, annotations_url: `${url}/annotations` },
    app: {
      ...{ id: app.id, slug: app.slug, node_id: `A_${app.id}`, name: app.slug, description: null, owner: restAccount(call, repo.owner) },
      ...{ external_url: call.web, html_url: `${call.web}/apps/${app.slug}`, created_at: born, updated_at: born },
      ...{ permissions: { checks: "write", metadata: "read" }, events: [] },
    },
    pull_requests: [],
  };
}
