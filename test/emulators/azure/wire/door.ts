/** The way of every request: signed in, within its scope and the load it may cause, at an address that exists, and then answered. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Strike, Vendor, WireAnswer, WireRequest } from "../../kit/wire.ts";
import { DANA } from "../state/identity.ts";
import type { AzureWorld } from "../state/world.ts";
import { askedVersion, checkVersion } from "./api-version.ts";
import { AzureRefusal, badRequest, noSuchProject, refusalAnswer } from "./azure-refusal.ts";
import { azureMeaning } from "./meaning.ts";
import type { RateLimit } from "./rate-limit.ts";
import { findRoute } from "./routes.ts";
import type { Route } from "./routes.ts";
import { outOfScope, signIn } from "./sign-in.ts";
import type { PersonalToken } from "./sign-in.ts";

export function azureDoor(world: AzureWorld, limit: RateLimit, collection: () => string): Vendor["answer"] {
  return async (request: WireRequest, strike: Strike): Promise<WireAnswer> => {
    const token = signIn(request, world.behaviour.wrongToken);
    if ("status" in token) return token;
    const cost = costOf(request);
    const taken = limit.take(cost);
    if (typeof taken !== "number") return taken;
    if (taken > 0) await sleep(taken);
    const answer = enter(request, strike, token, world, collection());
    return { ...answer, headers: { ...limit.headers(cost, taken), ...answer.headers } };
  };
}

function enter(request: WireRequest, strike: Strike, token: PersonalToken, world: AzureWorld, collection: string): WireAnswer {
  try {
    const found = findRoute(request);
    if (found === null) {
      return refusalAnswer(
        new AzureRefusal(404, "VssResourceNotFoundException", `The controller for path '${request.path}' was not found or does not take ${request.method}.`),
      );
    }
    const { route, organization, project: name, values } = found;
    if (organization.toLowerCase() !== world.organization) {
      return refusalAnswer(new AzureRefusal(404, "HostDoesNotExistException", `The organization '${organization}' does not exist.`));
    }
    if (!isInScope(token, route)) return outOfScope(DANA.id);
    const version = askedVersion(request);
    checkVersion(version, route.served, request.method);
    const project = name === null ? null : world.project(name);
    if (name !== null && project === null) throw noSuchProject(name);
    if (route.needsProject && project === null) throw badRequest("A project name is required in the address.", "ProjectDoesNotExistException");
    return route.answer({ world, request, strike, by: DANA, collection, project, values, version });
  } catch (error) {
    if (error instanceof AzureRefusal) return refusalAnswer(error);
    throw error;
  }
}

function isInScope({ scopes }: PersonalToken, { scope }: Route): boolean {
  switch (scope) {
    case "any":
      return true;
    case "project":
      return scopes.includes("project");
    case "read":
      return scopes.includes("work") || scopes.includes("work-write");
    case "write":
      return scopes.includes("work-write");
  }
}

/** In TSTU; in the order of what a public project measured for reads, dearer for writes. */
function costOf(request: WireRequest): number {
  const { operation, elements } = azureMeaning(request);
  switch (operation) {
    case "create":
    case "update":
    case "transition":
    case "link":
    case "comment":
      return 0.02 * elements;
    case "read":
    case "history":
    case "watermark":
    case "check":
    case "settle":
    case "other":
      return 0.004;
  }
}
