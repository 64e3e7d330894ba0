/** REST: the search for issues. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "../github-call.ts";
import { searchIssues } from "../github-search.ts";
import { restIssue } from "./render-issue.ts";
import { paged } from "./rest-pages.ts";
import type { Route } from "./rest-router.ts";

export const SEARCH_ROUTES: readonly Route[] = [{ method: "GET", path: "/search/issues", handle: search }];

/** The first thousand only, as GitHub gives. */
const REACH = 1_000;

function search(call: Call): WireAnswer {
  const found = searchIssues(call, call.request.query.get("q") ?? "");
  const sort = call.request.query.get("sort");
  const sign = call.request.query.get("order") === "asc" ? 1 : -1;
  const sorted =
    sort === "created" || sort === "updated"
      ? found.toSorted(
          (a, b) => sign * ((sort === "created" ? a.issue.number - b.issue.number : a.state.updatedAt - b.state.updatedAt) || a.issue.number - b.issue.number),
        )
      : found;
  const { partial } = call.strike;
  return paged({ ...call, strike: { ...call.strike, partial: false } }, sorted.slice(0, REACH), (items) => ({
    total_count: found.length,
    incomplete_results: partial,
    items: (partial ? items.slice(0, items.length >> 1) : items).map(({ issue, state }) => {
      // By the schema a search says neither who closed an issue nor what stands above it, and an empty text is no null.
      const { closed_by: _closedBy, parent_issue_url: _parent, body, ...rest } = restIssue(call, issue, state);
      return { ...rest, body: body ?? "", score: 1 };
    }),
    search_type: "lexical",
  }));
}
