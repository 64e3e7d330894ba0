/** What canon init proposes for names it finds. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { githubProject, suggestId, suggestProjectKey, suggestSections } from "../../src/core/config/suggest-config.ts";

describe("the project key", () => {
  it.each([
    ["payments", "PAY"],
    ["payments-platform", "PP"],
    ["my_very_long_folder_name_here", "MVLFN"],
    ["pay2", "PAY"],
    ["éclair", "ECL"],
    ["x", "SPEC"],
    ["2024", "SPEC"],
    ["日本", "SPEC"],
    ["", "SPEC"],
  ])("%s: %s", (name, key) => {
    expect(suggestProjectKey(name)).toBe(key);
  });

  it("is always two to five capital letters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(suggestProjectKey(name)).toMatch(/^[A-Z]{2,5}$/);
      }),
    );
  });
});

describe("the id", () => {
  it.each<[string, string | null, string, string]>([
    ["pay", null, "", "pay"],
    ["our specs", null, "", "our-specs"],
    ["pay", "github.com/acme/pay", "", "github.com/acme/pay"],
    ["api", "github.com/acme/mono", "services/api/", "github.com/acme/mono/services/api"],
    ["", null, "", "specs"],
  ])("%s, %s, %s: %s", (folder, remote, prefix, id) => {
    expect(suggestId(folder, remote, prefix)).toBe(id);
  });
});

it("the GitHub project", () => {
  expect(githubProject("github.com/acme/pay")).toBe("acme/pay");
  expect(githubProject("gitlab.com/acme/pay")).toBeNull();
  expect(githubProject(null)).toBeNull();
});

it("which sections", () => {
  expect([suggestSections("local", 0), suggestSections("jira", 0), suggestSections("jira", 3)]).toEqual(["all", "marked", "all"]);
});
