/** What `canon ticket show` says of a description: every word, nothing that must be decoded. */

import { expect, it } from "vitest";
import { adfToMarkdown, wikiToMarkdown } from "../../../../src/trackers/jira/jira-text.ts";

const paragraph = (...content: object[]): object => ({ type: "paragraph", content });
const text = (words: string): object => ({ type: "text", text: words });

it("says what mentions, cards, dates, panels and attachments show", () => {
  const doc = {
    type: "doc",
    version: 1,
    content: [
      paragraph(
        text("Ask "),
        { type: "mention", attrs: { id: "1", text: "@Dana" } },
        text(" by "),
        { type: "date", attrs: { timestamp: "1700000000000" } },
        text(" "),
        { type: "status", attrs: { text: "OPEN", color: "blue" } },
        text(" "),
        { type: "emoji", attrs: { shortName: ":tada:", text: "🎉" } },
      ),
      { type: "blockCard", attrs: { url: "https://x.io/d" } },
      { type: "panel", attrs: { panelType: "info" }, content: [paragraph(text("Mind this."))] },
      { type: "expand", attrs: { title: "More" }, content: [paragraph(text("inside"))] },
      { type: "mediaSingle", attrs: { layout: "center" }, content: [{ type: "media", attrs: { type: "file", id: "m", collection: "c", alt: "shot.png" } }] },
      { type: "decisionList", attrs: { localId: "d" }, content: [{ type: "decisionItem", attrs: { localId: "i", state: "DECIDED" }, content: [text("go")] }] },
      { type: "unheardOf", content: [paragraph(text("still here"))] },
      { type: "taskList", attrs: { localId: "t" }, content: [{ type: "taskItem", attrs: { localId: "i", state: "DONE" }, content: [text("done")] }] },
    ],
  };
  expect(adfToMarkdown(doc)).toBe(
    [
      "Ask @Dana by 2023-11-14 \\[OPEN] 🎉",
      "<https://x.io/d>",
      "> Mind this.",
      "**More**",
      "inside",
      "(attachment: shot.png)",
      "- go",
      "still here",
      "- [x] done",
    ]
      .join("\n\n")
      .replace("- go\n\nstill", "- go\n\nstill"),
  );
});

it("reads no description, words, and what is no document", () => {
  expect(adfToMarkdown(null)).toBe("");
  expect(adfToMarkdown(undefined)).toBe("");
  expect(adfToMarkdown("By hand.")).toBe("By hand.");
  expect(adfToMarkdown({ odd: 1 })).toContain('{"odd":1}');
});

it("reads wiki markup, what it has no words for as it is written", () => {
  expect(wikiToMarkdown("h2. Title\r\n\r\nAsk [~dana] {color:red}now{color}\n\n* [x] done")).toBe(
    "## Title\n\nAsk \\[\\~dana] {color:red}now{color}\n\n- [x] done",
  );
});
