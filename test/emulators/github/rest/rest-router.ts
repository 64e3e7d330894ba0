/** Finds the handler of a REST request. Each subject adds its routes in a file of its own. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "../github-call.ts";

export type Params = Readonly<Record<string, string>>;

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** `/repos/:owner/:repo/issues`; `:path+` takes slashes too. */
  readonly path: string;
  handle(call: Call, params: Params): WireAnswer;
}

export interface Router {
  find(method: string, path: string): { readonly route: Route; readonly params: Params } | null;
}

export function restRouter(routes: readonly Route[]): Router {
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(
      `^${route.path.replaceAll(/:(\w+)(\+?)/gu, (_all, name: string, more: string) => `(?<${name}>${more === "" ? "[^/]+" : ".+"})`)}$`,
      "u",
    ),
  }));
  return {
    find: (method, path) => {
      for (const { route, pattern } of patterns) {
        if (route.method !== method) continue;
        const match = pattern.exec(path);
        if (match) return { route, params: Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])) };
      }
      return null;
    },
  };
}

export function param(params: Params, name: string): string {
  return params[name] ?? "";
}
