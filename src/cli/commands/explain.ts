/** `canon explain`: what the code of a message means. */

import { CODES } from "../../core/codes.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { codeList, codeText } from "../../views/codes-text.ts";
import type { CommandSpec } from "../command.ts";
import { usageError } from "../usage-error.ts";

export const explain: CommandSpec = {
  kind: "command",
  about: "Says what the code at the end of a message means and what to do about it. Without a code: lists them all.",
  operands: { name: "CODE", least: 0, most: 1 },
  options: [],
  examples: [
    ["canon explain ticket-missing", "one code"],
    ["canon explain", "all of them"],
  ],
  json: "document",
  run: async (session) => {
    const [word] = session.input.operands;
    if (word === undefined) {
      session.print(codeList(CODES, session.page));
      return session.document(EXIT.ok, [], { codes: CODES });
    }
    const code = word.toLowerCase().replace(/^\(|\)$/g, "");
    const entry = Object.entries(CODES).find(([name]) => name === code)?.[1];
    if (entry === undefined) throw unknownCode(word);
    session.print(codeText(code, entry, session.page));
    return session.document(EXIT.ok, [], { code, ...entry });
  },
};

function unknownCode(word: string): Error {
  const near = nearestWord(word, Object.keys(CODES));
  return usageError(`No message has the code "${word}".`, near === null ? "canon explain lists them all." : `Did you mean ${near}?`);
}
