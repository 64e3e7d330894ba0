/** Parses a spec as the workspace understands it: tickets by their whole keys. Every document that is compared with another comes from here. */

import type { SpecDocument } from "../core/model/spec-document.ts";
import { withFullKeys } from "../core/plan/full-keys.ts";
import { parseSpec } from "../core/spec/parse-spec.ts";
import type { Workspace } from "./workspace.ts";

export function parseWithKeys(path: string, text: string, { parser, config }: Pick<Workspace, "parser" | "config">): SpecDocument {
  return withFullKeys(parseSpec(path, text, parser), config);
}
