/** Where a tracker refuses a type below a parent, the nearest one it allows serves. */

import { expect, it } from "vitest";
import { placeType } from "../../src/core/plan/nesting.ts";

const NESTING = { "": ["Epic", "Story", "Task"], Epic: ["Story", "Task"], Story: ["Sub-task"], Task: ["Sub-task"], "Sub-task": [] };
const ORDER = ["Epic", "Story", "Sub-task"];

it.each([
  ["what is allowed stays", "Story", "Epic", { type: "Story", nested: true }],
  ["a depth jump takes the nearest type, never one that serves no depth", "Sub-task", "Epic", { type: "Story", nested: true }],
  ["a sub-task alone becomes what may stand alone", "Sub-task", null, { type: "Story", nested: false }],
  ["below a leaf it stands alone", "Story", "Sub-task", { type: "Story", nested: false }],
  ["a type nobody knows takes the first allowed", "Feature", "Story", { type: "Sub-task", nested: true }],
] as const)("%s", (_name, wanted, parent, expected) => {
  expect(placeType(wanted, parent, NESTING, ORDER)).toEqual(expected);
});

it("lets every type stand alone where the tracker names none", () => {
  expect(placeType("Sub-task", null, {}, ORDER)).toEqual({ type: "Sub-task", nested: false });
});
