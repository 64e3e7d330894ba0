/** GitHub's own descriptions judge every request and answer: OpenAPI for REST; GraphQL is carried out on the schema, which judges it by itself. */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { openApiJudge } from "../kit/openapi-judge.ts";
import type { OpenApiJudge } from "../kit/openapi-judge.ts";
import type { WireAnswer, WireRequest } from "../kit/wire.ts";

const require = createRequire(import.meta.url);
let judge: OpenApiJudge | null = null;

/** 13 MB of JSON: read once per process, when the first REST request comes. */
function restJudge(): OpenApiJudge {
  judge ??= openApiJudge(JSON.parse(readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json"), "utf8")), {});
  return judge;
}

export function judgeRest(request: WireRequest, answer: WireAnswer): readonly string[] {
  return restJudge().judge(request, answer);
}
