/** The emulated Jira, Cloud or Data Center: a stateful server on loopback that FACTS.md and Atlassian's documents judge. */

import type { EmulatedPeople } from "../kit/emulated-people.ts";
import type { EmulatedStorage } from "../kit/emulated-storage.ts";
import { emulatorClock } from "../kit/emulator-clock.ts";
import type { EmulatorClock } from "../kit/emulator-clock.ts";
import { asList, asObject } from "../kit/json-value.ts";
import { serve } from "../kit/serve.ts";
import type { Emulated, Vendor, WireAnswer, WireMeaning, WireRequest } from "../kit/wire.ts";
import { EMAIL, TOKENS, turnedAway } from "./jira-access.ts";
import { jiraJudge } from "./jira-judge.ts";
import { jiraLimits, tooMany } from "./jira-limits.ts";
import { jiraSettings } from "./jira-options.ts";
import type { JiraEmulatorOptions } from "./jira-options.ts";
import { jiraPeople } from "./jira-people.ts";
import { answerOf, JiraRefusal } from "./jira-refusal.ts";
import { jiraRender } from "./jira-render.ts";
import { jiraRoutes } from "./jira-routes.ts";
import type { JiraRoute } from "./jira-routes.ts";
import { jiraStorage } from "./jira-storage.ts";
import { jiraTasks } from "./jira-tasks.ts";
import { jiraWorld } from "./jira-world.ts";

export interface JiraEmulator extends Emulated {
  readonly clock: EmulatorClock;
  readonly people: EmulatedPeople;
  readonly storage: EmulatedStorage;
  /** The display name behind Canon's token. */
  readonly account: string;
  readonly project: string;
  /** Where people transfer tickets to. */
  readonly otherProject: string;
  /** Environment variables that Canon needs. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Tokens that do not work, or not for all. */
  readonly tokens: typeof TOKENS;
  /** Takes a permission such as `EDIT_ISSUES` from Canon's account, or gives it back. */
  deny(permission: string): void;
  allow(permission: string): void;
  /** The ticket's next transition meets another one: 409, or 400 as Jira said formerly. */
  collide(key: string, status?: 409 | 400): void;
  /** What could not be judged here, and why. */
  readonly unjudged: string | null;
}

const HOME = "PAY";
const OTHER = "OPS";

export async function startJiraEmulator(options: JiraEmulatorOptions = {}): Promise<JiraEmulator> {
  const clock = options.clock ?? emulatorClock();
  const settings = jiraSettings(options);
  const isCloud = settings.flavour === "cloud";
  const prefix = isCloud ? "/rest/api/3" : "/rest/api/2";
  const world = jiraWorld(settings, clock);
  const tasks = jiraTasks(world);
  const routes = jiraRoutes(settings.flavour, tasks);
  const limits = jiraLimits(settings.rates, clock);
  const judge = settings.judged ? jiraJudge(settings.flavour) : null;

  const routeOf = ({ method, path }: WireRequest): { readonly route: JiraRoute; readonly params: readonly string[] } | null => {
    if (!path.startsWith(`${prefix}/`)) return null;
    const rest = path.slice(prefix.length);
    for (const route of routes) {
      const found = route.method === method ? route.pattern.exec(rest) : null;
      // `/issue/bulk` is no ticket named "bulk".
      if (found) return { route, params: found.slice(1).map(decodeURIComponent) };
    }
    return null;
  };

  const respond = (request: WireRequest, strike: Parameters<Vendor["answer"]>[1]): WireAnswer => {
    tasks.run();
    const refused = turnedAway(settings.flavour, request);
    if (refused) return refused;
    const found = routeOf(request);
    if (!found) return { status: 404, body: { errorMessages: [`No such resource: ${request.method} ${request.path}`], errors: {} } };
    const { route, params } = found;
    const limited = limits.count(route.template, request.method, route.writes ? (world.find(params[0] ?? "")?.id ?? null) : null);
    if (limited) return limited;
    try {
      return route.handle({ world, request, params, strike, render: jiraRender(world, `http://${request.headers.host ?? "127.0.0.1"}${prefix}`) });
    } catch (error) {
      if (error instanceof JiraRefusal) return answerOf(error);
      throw error;
    }
  };

  const vendor: Vendor = {
    meaning: (request) => meaningOf(request, routeOf(request)?.route ?? null),
    answer: (request, strike) => {
      const answer = respond(request, strike);
      return { ...answer, headers: { ...limits.headers(), ...answer.headers } };
    },
    rateLimited: (_request, ms) => tooMany(ms, "jira-quota-tenant-based"),
    forbidden: () => ({ status: 403, body: { errorMessages: ["You do not have the permission to do this."], errors: {} } }),
    unavailable: () => ({ status: 503, headers: { "content-type": "text/html" }, body: "<html><body>Jira is temporarily unavailable</body></html>" }),
    judge: (request, answer) => {
      // The gateway turns tokens away before Jira does, in a form that no document describes.
      if (judge === null || answer.status === 401) return [];
      const problems = judge.judge(request, answer);
      return problems.length === 0 && routeOf(request) === null ? ["the emulator does not serve this operation"] : problems;
    },
    unjudged: !settings.judged ? "the judge is switched off" : judge === null ? "../shared/contracts is missing: requests and answers are not judged" : null,
  };

  const served = await serve(vendor, { clock, ...(options.port === undefined ? {} : { port: options.port }) });
  return {
    ...served,
    clock,
    people: jiraPeople(world, HOME),
    storage: jiraStorage(world),
    account: world.dana.displayName,
    project: HOME,
    otherProject: OTHER,
    // Without an e-mail the token is a Data Center's.
    credentials: { JIRA_HOST: served.url, ...(isCloud ? { JIRA_EMAIL: EMAIL } : {}), JIRA_API_TOKEN: TOKENS.good },
    tokens: TOKENS,
    deny: (permission) => void world.denied.add(permission),
    allow: (permission) => void world.denied.delete(permission),
    collide: (key, status = 409) => {
      const ticket = world.find(key);
      if (ticket) world.collisions.set(ticket.id, status);
    },
    unjudged: vendor.unjudged,
  };
}

function meaningOf(request: WireRequest, route: JiraRoute | null): WireMeaning {
  const body = asObject(request.json);
  // Data Center shows history inside of the ticket.
  const isHistory = route?.template === "/issue/{}" && (request.query.get("expand") ?? "").includes("changelog");
  const operation = isHistory ? "history" : (route?.means ?? "other");
  switch (route?.template) {
    case "/issue/bulk":
      return { operation, elements: Math.max(1, asList(body["issueUpdates"]).length) };
    case "/bulk/issues/transition": {
      const selected = asList(body["bulkTransitionInputs"]).flatMap((input) => asList(asObject(input)["selectedIssueIdsOrKeys"]));
      return { operation, elements: Math.max(1, selected.length) };
    }
    default:
      return { operation, elements: 1 };
  }
}
