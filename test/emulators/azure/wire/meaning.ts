/** What a request is for Canon, read from its address and its patches: faults are aimed with it, and budgets count by it. */

import { asList, asObject } from "../../kit/json-value.ts";
import type { WireMeaning, WireRequest } from "../../kit/wire.ts";
import { findRoute } from "./routes.ts";

export function azureMeaning(request: WireRequest): WireMeaning {
  const found = findRoute(request);
  if (found === null) return { operation: "other", elements: 1 };
  const isDryRun = request.query.get("validateOnly") === "true";
  if (isDryRun) return { operation: "check", elements: 1 };
  if (found.route.method === "PATCH" && found.route.means === "update") {
    return found.values["id"] === undefined ? batchMeaning(asList(request.json)) : { operation: patchMeaning(request.json), elements: 1 };
  }
  return { operation: found.route.means, elements: 1 };
}

/** One batch holds one kind of change when Canon sends it; a mixed one is named after the weightiest. */
function batchMeaning(elements: readonly unknown[]): WireMeaning {
  const kinds = elements.map((element) => {
    const { uri, body } = asObject(element);
    return /\/workitems\/(?:\$|%24)/i.test(String(uri)) ? ("create" as const) : patchMeaning(body);
  });
  const operation = (["create", "transition", "update", "link"] as const).find((one) => kinds.includes(one)) ?? "update";
  return { operation, elements: Math.max(1, elements.length) };
}

function patchMeaning(document: unknown): "transition" | "link" | "update" | "comment" {
  const steps = asList(document)
    .map(asObject)
    .filter(({ op }) => op !== "test");
  if (steps.some(({ path }) => String(path).toLowerCase() === "/fields/system.state")) return "transition";
  if (steps.length > 0 && steps.every(({ path }) => String(path).toLowerCase() === "/fields/system.history")) return "comment";
  const addsResource = steps.every(
    ({ op, path, value }) => op === "add" && path === "/relations/-" && ["Hyperlink", "ArtifactLink"].includes(String(asObject(value)["rel"])),
  );
  return steps.length > 0 && addsResource ? "link" : "update";
}
