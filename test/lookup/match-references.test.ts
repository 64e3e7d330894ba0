/** Which tickets a text names: only those of configured projects, and in linear time. */

import { expect, it } from "vitest";
import { matchReferences } from "../../src/core/lookup/match-references.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const { config } = parseConfig(
  `id: x
ticket_systems:
  eng: { system: jira, project: ENG }
  plat: { system: linear, project: PLAT }
  oss: { system: github, repo: acme/payments, public: true }
  boards: { system: azure, project: acme/Payments }
  twin: { system: local, project: ENG }
routing: [{ match: { default: true }, target: eng }]
`,
  "canon.config.yaml",
);
if (config === null) throw new Error("the configuration is wrong");

function keys(text: string): readonly string[] {
  return config === null ? [] : matchReferences(text, config, new Map()).map(({ key, targets }) => `${key} ${targets.join("|")}`);
}

it("finds every ticket that is named, once, in order", () => {
  expect(keys("[PLAT-3] [ENG-1] Retry payments, see PLAT-3 and acme/payments#42, AB#7")).toEqual([
    "PLAT-3 plat",
    "ENG-1 eng|twin",
    "acme/payments#42 oss",
    "7 boards",
  ]);
});

it("takes words that only look like keys for words", () => {
  expect(keys("UTF-8, SHA-256, RFC-2119, COVID-19, X-1, eng-4, ENG-5x, xENG-6, ENG_7, a#b")).toEqual([]);
});

it("reads the names of branches", () => {
  expect(keys("feature/PLAT-12-retry-handling fix-PLAT-13 PLAT-14/x")).toEqual(["PLAT-12 plat", "PLAT-13 plat", "PLAT-14 plat"]);
});

it("reads addresses, and nothing within them", () => {
  expect(keys("https://linear.app/acme/issue/PLAT-9/eng-1. (https://github.com/acme/payments/pull/5), https://github.com/other/repo/issues/6")).toEqual([
    "PLAT-9 plat",
    "5 oss",
    "6 ",
  ]);
});

it("takes the address of another instance for none of its tickets, whatever its key", () => {
  const hosts = new Map([["acme.atlassian.net", "jira"]] as const);
  const found = config === null ? [] : matchReferences("https://other.atlassian.net/browse/ENG-3 https://acme.atlassian.net/browse/ENG-4", config, hosts);
  expect(found.map(({ key, targets }) => [key, ...targets])).toEqual([["ENG-3"], ["ENG-4", "eng"]]);
});

it("takes no longer for hostile text", () => {
  const hostile = `${"A".repeat(50_000)}-${"1".repeat(50_000)} ${"a/".repeat(50_000)}# ${"https://".repeat(20_000)}`;
  const began = process.cpuUsage();
  keys(hostile);
  expect(processorTimeSince(began)).toBeLessThan(1_500);
});
