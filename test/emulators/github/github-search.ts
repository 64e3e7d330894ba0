/** GitHub's search: it lags behind writes, and finds more than the words that were asked for. */

import { maySee } from "./github-access.ts";
import type { Call } from "./github-call.ts";
import { GithubRefusal } from "./github-refusal.ts";
import { allSeen } from "./rest/issue-list.ts";
import type { Listed } from "./rest/issue-list.ts";
import { repoNamed } from "./state/github-world.ts";

const LONGEST = 256;

type Test = (one: Listed) => boolean;

/** Qualifiers narrow exactly; a word, quoted or not, is cut into its parts, and any one of them is a hit. */
export function searchIssues(call: Call, query: string): readonly Listed[] {
  if (query.trim() === "") throw refused("Validation Failed", "q", "missing");
  const terms = query.match(/-?(?:[\w-]+:)?(?:"[^"]*"|[^\s"]+)/gu) ?? [];
  const words = terms.filter((term) => !/^-?[a-z-]+:/u.test(term));
  if (words.join(" ").length > LONGEST) throw refused("The search is longer than 256 characters.", "q", "invalid");
  let repos = call.world.repos.filter((repo) => maySee(call.access, call.token, repo));
  const tests: Test[] = [];
  for (const term of terms) {
    const [, minus = "", name = "", rest = ""] = /^(-?)([a-z-]+):(.*)$/u.exec(term) ?? [];
    if (name === "") continue;
    const value = rest.replaceAll('"', "");
    if (name === "repo" || name === "org" || name === "user") {
      const named =
        name === "repo" ? [repoNamed(call.world, value.split("/")[0] ?? "", value.split("/")[1] ?? "")] : repos.filter(({ owner }) => owner.login === value);
      repos = repos.filter((repo) => named.includes(repo));
      if (repos.length === 0)
        throw refused(
          "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.",
          "q",
          "invalid",
        );
      continue;
    }
    const test = qualifier(name, value);
    if (test === null) throw refused(`"${name}:${value}" is no valid qualifier.`, "q", "invalid");
    tests.push(minus === "" ? test : (one) => !test(one));
  }
  if (words.length > 0) tests.push(anyPart(words));
  return repos.flatMap((repo) => allSeen(call, repo, call.switches.searchLag).filter((one) => tests.every((test) => test(one)))).toReversed();
}

function qualifier(name: string, value: string): Test | null {
  switch (name) {
    case "is":
    case "state":
    case "type":
      if (value === "issue") return ({ issue }) => !issue.isPull;
      if (value === "pr" || value === "pull-request") return ({ issue }) => issue.isPull;
      if (value === "open" || value === "closed") return ({ state }) => state.state === value;
      return name === "type" ? ({ state }) => state.type?.name.toLowerCase() === value.toLowerCase() : null;
    case "reason":
      return ({ state }) => state.reason === value.replaceAll(" ", "_");
    case "label": {
      const wanted = value.split(",").map((one) => one.toLowerCase());
      return ({ state }) => state.labels.some((label) => wanted.includes(label.name.toLowerCase()));
    }
    case "author":
      return ({ issue }) => issue.author.login === value;
    case "assignee":
      return ({ state }) => state.assignees.some(({ login }) => login === value);
    case "no":
      return value === "label" ? ({ state }) => state.labels.length === 0 : null;
    case "in":
    case "sort":
    case "archived":
      return () => true;
    case "created":
    case "updated":
      return byDate(name, value);
    default:
      return null;
  }
}

function byDate(name: "created" | "updated", value: string): Test | null {
  const [, sign = "", text = ""] = /^(>=|<=|>|<)?(.*)$/u.exec(value) ?? [];
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  return ({ issue, state }) => {
    const held = name === "created" ? issue.createdAt : state.updatedAt;
    return sign.startsWith("<") ? held <= at : held >= at;
  };
}

function anyPart(words: readonly string[]): Test {
  const parts = words.flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part !== "");
  return ({ state }) => {
    const text = `${state.title}\n${state.body}`.toLowerCase();
    return parts.some((part) => text.includes(part));
  };
}

function refused(message: string, field: string, code: string): GithubRefusal {
  return new GithubRefusal("unprocessable", message, { problems: [{ resource: "Search", field, code, message }] });
}
