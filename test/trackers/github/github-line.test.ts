/** The hidden line: found again whatever a browser makes of it, never mistaken, and never a way out of the comment. */

import { fc } from "../../harness/property.ts";
import { describe, expect, it } from "vitest";
import { parseText, printLine, withLine } from "../../../src/trackers/github/github-line.ts";
import { base } from "../../conformance/stage.ts";
import { processorTimeSince } from "../../harness/processor-time.ts";

const line = printLine({ token: "t-1", base: base("t-1") });

describe("the hidden line", () => {
  it("leaves every body byte for byte, also with the line ends of a browser", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "é", "\n", "\r\n", "\r", " ", "-->", "<!--", "```", line) }), fc.string(), (body, token) => {
        const native = printLine({ token, base: base(token) });
        const written = withLine(body, native);
        expect(parseText(written)).toEqual({ body, native, line: { token, base: base(token) } });
        // A lone CR before a line feed is no longer told from a line end then.
        if (/\r(?!\n)/.test(body)) return;
        const browser = written.replaceAll(/\r\n|\r|\n/g, "\r\n");
        expect(parseText(browser)).toMatchObject({ body: body.replaceAll(/\r\n|\r|\n/g, "\r\n"), line: { token, base: base(token) } });
      }),
    );
  });

  it("holds no sign that could end the comment, whatever the base says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("-", ">", "!", "<", "a") }), (address, token) => {
        const native = printLine({ token, base: base(token, { address }) });
        expect(native).toMatch(/^<!-- canon:base:[A-Za-z0-9._]+ -->$/);
        expect(native.slice(4, -3)).not.toContain("--");
      }),
    );
  });

  it.each([
    ["in a quote", `> ${line}`],
    ["within a line", `See ${line}`],
    ["cut off", line.replace(/.{20} -->$/, " -->")],
    ["with other signs", line.replace("canon:base:", "canon:base:-")],
    ["of something else", "<!-- canon:base:AAAA -->"],
    ["of no base and no token", "<!-- canon:base: -->"],
  ])("%s is text", (_name, text) => {
    expect(parseText(text)).toEqual({ body: text, native: null, line: null });
  });

  it.each([
    ["Ours.", "\n", "Ours.\n\nThen a person wrote."],
    ["Ours.", "\n\n", "Ours.\n\nThen a person wrote."],
    ["Ours.", "\r\n", "Ours.\r\n\r\nThen a person wrote."],
    ["", "\n", "Then a person wrote."],
  ])("is found above what a person wrote below it: %j %j", (body, between, seen) => {
    const end = between.startsWith("\r") ? "\r\n" : "\n";
    const text = `${withLine(body, line).replaceAll("\n", end)}${between}Then a person wrote.`;
    expect(parseText(text)).toEqual({ body: seen, native: line, line: { token: "t-1", base: base("t-1") } });
  });

  it("that comes last counts, where a person copied one above it", () => {
    const other = printLine({ token: "t-2", base: base("t-2") });
    expect(parseText(withLine(`${other}\n\nOurs.`, line))).toMatchObject({ body: `${other}\n\nOurs.`, line: { token: "t-1" } });
  });

  it("of a base that cannot be read keeps the token and says null", () => {
    const strange = { ...base("t-2"), format: 2 } as unknown as ReturnType<typeof base>;
    expect(parseText(withLine("x", printLine({ token: "t-2", base: strange }))).line).toEqual({ token: "t-2", base: null });
  });

  it("does not fill the memory with what a stranger packed", async () => {
    const { deflateRawSync } = await import("node:zlib");
    const packed = deflateRawSync(JSON.stringify({ token: "x".repeat(20_000_000), base: null }))
      .toString("base64")
      .replaceAll("+", ".")
      .replaceAll("/", "_")
      .replaceAll("=", "");
    expect(packed.length).toBeLessThan(65_536);
    expect(parseText(`<!-- canon:base:${packed} -->`).line).toBeNull();
  });

  it("is looked for in linear time", () => {
    const began = process.cpuUsage();
    parseText(`${"\r\n".repeat(30_000)}<!-- canon:base:${"a".repeat(30_000)}`);
    parseText(`<!-- canon:base:a -->${" \n".repeat(30_000)}x`);
    expect(processorTimeSince(began)).toBeLessThan(500);
  });
});
