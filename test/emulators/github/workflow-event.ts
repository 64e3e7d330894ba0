/** Events as GitHub writes them into the file of a workflow: the vendor's own examples with our names put in, judged by the vendor's webhook schema. */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { asList, asObject, asText, isObject, type JsonObject } from "../kit/json-value.ts";

const require = createRequire(import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

interface Vendor {
  readonly examples: readonly JsonObject[];
  readonly ajv: Ajv;
}

let vendor: Vendor | null = null;

/** 5 MB of JSON: read once per process, when the first event is made. */
function vendorData(): Vendor {
  if (vendor !== null) return vendor;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(asObject(read(require.resolve("@octokit/webhooks-schemas"))), "webhooks");
  vendor = { examples: asList(read(require.resolve("@octokit/webhooks-examples"))).map(asObject), ajv };
  return vendor;
}

export interface EventWish {
  /** `pull_request`, `push`. */
  readonly name: string;
  /** `opened`; null: the event has none. */
  readonly action: string | null;
  /** What the example says otherwise. Objects are filled in, everything else is replaced. */
  readonly fill: JsonObject;
}

/** Throws where the vendor has no such example, or would not send what was made of it. */
export function workflowEvent({ name, action, fill }: EventWish): JsonObject {
  // Of a schedule there is no webhook: workflows alone see it, and GitHub documents nothing but this.
  if (name === "schedule") return { schedule: "*/30 * * * *", workflow: ".github/workflows/canon.yml", ...fill };
  const { examples, ajv } = vendorData();
  // A workflow on pull_request_target gets what one on pull_request gets.
  const webhook = name === "pull_request_target" ? "pull_request" : name;
  const known = asList(examples.find((one) => one["name"] === webhook)?.["examples"]).map(asObject);
  // Pushes of branches and tags, and nothing that was taken away. Examples were gathered over years: the newest form counts.
  const fitting = known.filter((one) => (action === null ? one["deleted"] !== true : one["action"] === action));
  const validate = validatorOf(
    ajv,
    action === null || webhook === "repository_dispatch" ? `${webhook}$event` : `${webhook}$${asText(fill["action"]) ?? action}`,
  );
  let problem = `@octokit/webhooks-examples has no ${webhook} ${action ?? ""}`;
  for (const example of fitting) {
    const made = asObject(filled({ ...example, repository: { ...repositoryOf(examples), ...asObject(example["repository"]) } }, fill));
    if (validate(made)) return made;
    problem = `GitHub would not send this ${webhook}: ${ajv.errorsText(validate.errors)}`;
  }
  throw new Error(problem);
}

/** Some examples are older than some properties of a repository. */
function repositoryOf(examples: readonly JsonObject[]): JsonObject {
  const pulls = asList(examples.find(({ name }) => name === "pull_request")?.["examples"]).map(asObject);
  return asObject(pulls.map(({ repository }) => asObject(repository)).find((one) => "custom_properties" in one));
}

function validatorOf(ajv: Ajv, definition: string): ValidateFunction {
  const validate = ajv.getSchema(`webhooks#/definitions/${encodeURIComponent(definition)}`);
  if (validate === undefined) throw new Error(`@octokit/webhooks-schemas has no ${definition}`);
  return validate;
}

function filled(example: unknown, fill: unknown): unknown {
  if (!isObject(example) || !isObject(fill)) return fill;
  return { ...example, ...Object.fromEntries(Object.entries(fill).map(([key, value]) => [key, filled(example[key], value)])) };
}
