/** The grammar of markers: what is read, what is told, and that no value can end its comment. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { MarkerValue } from "../../src/core/model/marker.ts";
import { SPEC_STATUSES } from "../../src/core/model/status.ts";
import { SYSTEMS } from "../../src/core/model/system.ts";
import { parseMarker } from "../../src/core/spec/parse-marker.ts";
import { printMarker } from "../../src/core/spec/print-marker.ts";
import { remark, satteri } from "./parsing.ts";

describe("markers that are read", () => {
  const system = { kind: "system", id: "key-gen", status: null, generation: 1, unknown: [] };
  it.each<[string, unknown]>([
    ["<!-- canon:ticket:jira:PAY-143 -->", { kind: "ticket", system: "jira", key: "PAY-143" }],
    ["<!-- canon:ticket:github:42 -->", { kind: "ticket", system: "github", key: "42" }],
    ["<!-- canon:ticket:github:web.app#42 -->", { kind: "ticket", system: "github", key: "web.app#42" }],
    ["<!-- canon:ticket:github:acme/web.app#42 -->", { kind: "ticket", system: "github", key: "acme/web.app#42" }],
    ["<!-- canon:ticket:azure:4711 -->", { kind: "ticket", system: "azure", key: "4711" }],
    ["<!-- canon:system:key-gen status:done -->", { ...system, status: "done" }],
    ["<!-- canon:system:key-gen -->", system],
    ["<!-- canon:system:3.1 gen:2 status:todo -->", { ...system, id: "3.1", status: "todo", generation: 2 }],
    ["<!-- canon:system:key-gen status:blocked:PAY-200 -->", { ...system, status: "blocked" }],
    ["<!-- canon:system:key-gen later:yes status:todo -->", { ...system, status: "todo", unknown: ["later:yes"] }],
    ["<!-- canon:system:a%20b -->", { ...system, id: "a b" }],
    ["<!-- canon:realized-in:PR#412 src/keys.ts -->", { kind: "realized-in", pullRequest: 412, path: "src/keys.ts", lines: null }],
    ["<!-- canon:realized-in:PR#412 file:src/keys.ts:4-9 -->", { kind: "realized-in", pullRequest: 412, path: "src/keys.ts", lines: "4-9" }],
    ["<!-- canon:removed:jira:PAY-9 close -->", { kind: "removed", system: "jira", key: "PAY-9", mode: "close" }],
    ["<!-- canon:skip -->", { kind: "skip" }],
    ["<!-- canon:owner:dana x -->", { kind: "unknown", keyword: "owner" }],
    // White space is nobody's mistake: a marker that people can see must not make a second ticket.
    ["<!--canon:ticket:jira:PAY-1-->", { kind: "ticket", system: "jira", key: "PAY-1" }],
    ["   <!--  canon:ticket:jira:PAY-1  -->  ", { kind: "ticket", system: "jira", key: "PAY-1" }],
  ])("%s", (line, value) => {
    expect(parseMarker(line)).toMatchObject({ ok: true, value });
  });
});

describe("near misses say what is wrong", () => {
  it.each([
    ["<!-- CANON:ticket:jira:PAY-2 -->", "ticket", "lower case"],
    ["<!-- canon :ticket:jira:PAY-2 -->", "ticket", "canon:"],
    ["<!-- canon:ticket:jira -->", "ticket", "PAY-143"],
    ["<!-- canon:ticket:jira: -->", "ticket", "PAY-143"],
    ["<!-- canon:ticket:jria:PAY-1 -->", "ticket", "did you mean jira?"],
    ["<!-- canon:ticket:trello:PAY-1 -->", "ticket", "known: jira, linear, github, azure, local"],
    ["<!-- canon:ticket:azure:PAY-1 -->", "ticket", "4711"],
    ["<!-- canon:ticket:jira:PAY-3 --> text", "ticket", "alone on its line"],
    ["<!-- canon:ticket:jira:PAY-4 --> <!-- canon:skip -->", "ticket", "alone on its line"],
    ["<!-- canon:ticket:jira:PAY-1\n  status:todo\n-->", "ticket", "several lines"],
    ["<!-- canon:ticket:jira:PAY-1", "ticket", "never closed"],
    ["<!-- canon:system:a->b status:todo -->", "system", "neither < nor >"],
    ["<!-- canon: -->", null, "no keyword"],
    ["<!-- canon:system: status:todo -->", "system", "no id"],
    ["<!-- canon:system:a status: -->", "system", "no status"],
    ["<!-- canon:system:a status:doen -->", "system", "did you mean done?"],
    ["<!-- canon:system:a status:todo status:done -->", "system", "two status"],
    ["<!-- canon:system:a gen:0 -->", "system", "number from 1"],
    ["<!-- canon:system:a%zz -->", "system", "percent-encoded"],
    ["<!-- canon:system:%FF -->", "system", "percent-encoded"],
    ["<!-- canon:realized-in:412 src/a.ts -->", "realized-in", "PR#412"],
    ['<!-- canon:realized-in:PR#1 src/"a".ts -->', "realized-in", "percent-encoded"],
    ["<!-- canon:removed:jira:PAY-1 -->", "removed", "close or forget"],
    ["<!-- canon:skip:all -->", "skip", "no value"],
  ])("%s", (line, keyword, problem) => {
    const reading = parseMarker(line);
    expect(reading).toMatchObject({ ok: false, keyword });
    expect(reading && !reading.ok ? reading.problem : "").toContain(problem);
  });

  it.each(["<!-- toc -->", "text", "", "<!-- TODO: canon:ticket:jira:PAY-1 later -->", "canon:ticket:jira:PAY-1"])("%s is none", (line) => {
    expect(parseMarker(line)).toBeNull();
  });
});

const hostile = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "<!--",
        "--",
        "-",
        ">",
        "%",
        "%41",
        "\n",
        "\r",
        "\u2028",
        "\u202e",
        "\u200b",
        "\0",
        "é",
        "🚀",
        "e\u0301",
        " ",
        '"',
        ":",
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join("")),
);

const value: fc.Arbitrary<MarkerValue> = fc.oneof(
  fc.record({ kind: fc.constant("ticket"), system: fc.constantFrom("jira", "linear", "local"), key: fc.stringMatching(/^[A-Z][A-Z0-9]{0,5}-[1-9]\d{0,4}$/) }),
  fc.record({ kind: fc.constant("ticket"), system: fc.constant("github"), key: fc.stringMatching(/^([a-z]{1,5}\/[a-z.]{1,5}#)?[1-9]\d{0,4}$/) }),
  fc.record({
    kind: fc.constant("system"),
    id: hostile,
    status: fc.constantFrom(null, ...SPEC_STATUSES),
    generation: fc.integer({ min: 1, max: 99 }),
    unknown: fc.array(fc.stringMatching(/^[a-fh-r]{1,5}:[a-z]{0,5}$/), { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant("realized-in"), pullRequest: fc.nat({ max: 9999 }), path: hostile, lines: fc.constantFrom(null, "4", "4-9") }),
  fc.record({
    kind: fc.constant("removed"),
    system: fc.constantFrom(...SYSTEMS.filter((name) => name !== "azure" && name !== "github")),
    key: fc.constant("PAY-1"),
    mode: fc.constantFrom("close", "forget"),
  }),
  fc.constant<MarkerValue>({ kind: "skip" }),
);

describe("printing and reading", () => {
  it("give back the same value, whatever stands in it", () => {
    fc.assert(
      fc.property(value, (original) => {
        expect(parseMarker(printMarker(original))).toMatchObject({ ok: true, value: original });
      }),
    );
  });

  it("give one comment in both parsers, so that no value reaches out of it", () => {
    fc.assert(
      fc.property(value, (original) => {
        const line = printMarker(original);
        for (const parser of [satteri, remark]) {
          const { children } = parser.parse(`## A\n${line}\ntext\n\n## B\n`);
          expect(children.map((node) => node.type)).toEqual(["heading", "html", "paragraph", "heading"]);
        }
      }),
    );
  });

  it("never throws on any line", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          hostile.map((text) => `<!-- canon:${text} -->`),
          hostile.map((text) => `<!-- canon:ticket:jira:${text}`),
        ),
        (line) => void parseMarker(line),
      ),
    );
  });
});
