/** Transcript blocks: found in a document, their commands read, their output replaced, everything else left alone. */

import { describe, expect, test } from "vitest";
import { findTranscripts, printTranscript } from "../../scripts/transcript-block.ts";

const document = [
  "# Tour",
  "",
  "<!-- transcript: tour from docs/tour -->",
  "```console",
  "$ canon list",
  "old output",
  "$ canon plan --exit-code  # exit 2",
  "$ printf '%s\\n' one \\",
  ">   two",
  "```",
  "<!-- /transcript -->",
  "",
  "```sh",
  "$ canon apply",
  "```",
  "",
].join("\n");

describe("a transcript block", () => {
  const [block, ...others] = findTranscripts(document);

  test("is found with its name and its folder; other fences are not", () => {
    expect(others).toEqual([]);
    expect(block).toMatchObject({ name: "tour", from: "docs/tour" });
  });

  test("knows its commands, their continuation lines and expected exit codes", () => {
    expect(block?.commands).toEqual([
      { text: "canon list", exitCode: 0 },
      { text: "canon plan --exit-code  # exit 2", exitCode: 2 },
      { text: "printf '%s\\n' one \\\n  two", exitCode: 0 },
    ]);
  });

  test("gets fresh output and keeps its commands as they were written", () => {
    const text = printTranscript(block?.commands ?? [], ["new output  \n\n", "", "one\ntwo\n"]);
    expect(text).toBe("$ canon list\nnew output\n\n$ canon plan --exit-code  # exit 2\n\n$ printf '%s\\n' one \\\n>   two\none\ntwo\n");
    const printed = document.slice(0, block?.start) + text + document.slice(block?.end);
    expect(printed.split("\n").slice(0, 4)).toEqual(document.split("\n").slice(0, 4));
    expect(findTranscripts(printed)[0]?.commands).toEqual(block?.commands);
  });
});
