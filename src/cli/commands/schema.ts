/** `canon schema`: the JSON Schema of the configuration. */

import { EXIT } from "../../core/model/exit-code.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";

export const schema: CommandSpec = {
  kind: "command",
  about: "Prints the JSON Schema of canon.config.yaml, with every key, its default and what it means. Editors complete and check with it.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon schema > canon.schema.json", "for an editor that wants a file"]],
  json: "document",
  run: async (session) => {
    const { configJsonSchema } = await import("../../operations/config-json-schema.ts");
    session.world.stdout.write(configJsonSchema());
    return EXIT.ok;
  },
};
