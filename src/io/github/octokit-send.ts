/** Octokit builds the request, our HTTP sends it: Octokit itself is given an empty answer, so that only the caller decides what the real one means. */

import type { Octokit } from "@octokit/rest";
import { HttpFailure } from "../http/http-failure.ts";
import type { Http } from "../http/http.ts";
import type { HttpAnswer } from "../http/rate-rules.ts";

export interface OctokitRequest {
  /** `GET /repos/{owner}/{repo}/issues` */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly writes: boolean;
  /** Issues and comments that it makes. */
  readonly creations: number;
  readonly about: string | null;
}

/** Throws HttpFailure where there is no answer. */
export async function octokitSend(http: Http, octokit: Octokit, { route, parameters, writes, creations, about }: OctokitRequest): Promise<HttpAnswer> {
  const got: { answer: HttpAnswer | null; failed: unknown } = { answer: null, failed: null };
  const transport: typeof globalThis.fetch = async (input, init) => {
    try {
      got.answer = await http.send({
        method: init?.method ?? "GET",
        url: typeof input === "string" ? input : input instanceof URL ? input.href : input.url,
        headers: Object.fromEntries(new Headers(init?.headers).entries()),
        ...(typeof init?.body === "string" ? { body: init.body } : {}),
        writes,
        creations,
        ...(about === null ? {} : { about }),
      });
    } catch (error) {
      got.failed = error;
    }
    return new Response(null, { status: 204 });
  };
  await octokit.request(route, { ...parameters, request: { fetch: transport } });
  if (got.failed instanceof HttpFailure) throw got.failed;
  if (got.answer === null) throw got.failed ?? new Error(`${route} was not sent`);
  return got.answer;
}
