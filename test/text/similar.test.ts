/** Titles that a person would take for the same section, and those that only look alike. */

import { expect, it } from "vitest";
import { similarTitles } from "../../src/core/text/similar.ts";

it.each([
  ["Key generation", "Key generator", true],
  ["Key generation", "Generation of keys", true],
  ["Refunds", "Refund", true],
  ["Retry", "Retry handling", true],
  ["設計", "設計", true],
  ["Payouts", "Payouts to merchants abroad", true],
  ["Refunds", "Expiry", false],
  ["Key generation", "Key storage", false],
  ["Open points", "Closed accounts", false],
] as const)("%s, %s: %s", (a, b, alike) => {
  expect(similarTitles(a, b)).toBe(alike);
  expect(similarTitles(b, a)).toBe(alike);
});
