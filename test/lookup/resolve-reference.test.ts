/** Which platform a reference means, and whose credentials go where. */

import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { resolveReference } from "../../src/core/lookup/resolve-reference.ts";
import { platformsOf } from "../../src/operations/platforms.ts";

const TWO = `
  eng: { system: jira, project: ENG, base_url: https://jira.acme.example, auth: { env_prefix: ENG_ } }
  oss: { system: github, repo: acme/payments, public: true }`;

function resolve(
  text: string,
  { targets = TWO, top = "", env = {}, route = "eng" }: { targets?: string; top?: string; env?: Record<string, string>; route?: string } = {},
): unknown {
  const { config, diagnostics } = parseConfig(
    `id: x\n${top}ticket_systems:${targets}\nrouting: [{ match: { default: true }, target: ${route} }]\n`,
    "canon.config.yaml",
  );
  if (config === null) throw new Error(JSON.stringify(diagnostics));
  const result = resolveReference(text, platformsOf(config, env));
  if (!result.ok) return result.diagnostic.message;
  const { target, key } = result.resolved;
  return [target.name, target.system, target.project, key, target.baseUrl, target.envPrefix];
}

describe("a key", () => {
  it("is of the target whose project owns it", () => {
    expect(resolve("eng-4")).toEqual(["eng", "jira", "ENG", "ENG-4", "https://jira.acme.example", "ENG_"]);
    expect(resolve("acme/payments#4")).toEqual(["oss", "github", "acme/payments", "acme/payments#4", null, ""]);
  });

  it("that two targets could own is a question", () => {
    expect(resolve("ENG-4", { targets: `${TWO}\n  twin: { system: local, project: ENG }` })).toBe("ENG-4 can be a ticket of eng or twin.");
  });

  it("of no project goes to the default platform, else is a question", () => {
    expect(resolve("WEB-4")).toBe("WEB-4 does not say of which platform it is.");
    expect(resolve("WEB-4", { top: "default_platform: jira\n" })).toEqual(["eng", "jira", "WEB", "WEB-4", "https://jira.acme.example", "ENG_"]);
    expect(resolve("WEB-4", { top: "default_platform: linear\n", env: { LINEAR_API_KEY: "x" } })).toEqual(["linear", "linear", "WEB", "WEB-4", null, ""]);
    expect(resolve("WEB-4", { top: "default_platform: linear\n" })).toBe("WEB-4 would be a ticket of linear, and no credentials for it are set.");
  });

  it("that is only a number is of the only target there is", () => {
    expect(resolve("42", { targets: "\n  oss: { system: github, repo: acme/payments, public: true }", route: "oss" })).toEqual([
      "oss",
      "github",
      "acme/payments",
      "42",
      null,
      "",
    ]);
  });

  it("that is only a number needs a default where there are several", () => {
    expect(resolve("42")).toBe("42 does not say of which platform it is.");
    expect(resolve("42", { top: "default_platform: github\n" })).toEqual(["oss", "github", "acme/payments", "42", null, ""]);
    expect(resolve("42", { top: "default_platform: jira\n" })).toBe("42 does not say of which team it is.");
    expect(resolve("42", { top: "default_platform: jira\ndefault_team: ENG\n" })).toEqual([
      "eng",
      "jira",
      "ENG",
      "ENG-42",
      "https://jira.acme.example",
      "ENG_",
    ]);
  });
});

describe("an address", () => {
  it("of a configured host takes that target's credentials, also in another project", () => {
    expect(resolve("https://jira.acme.example/browse/ENG-4")).toEqual(["eng", "jira", "ENG", "ENG-4", "https://jira.acme.example", "ENG_"]);
    expect(resolve("https://jira.acme.example/browse/OPS-4")).toEqual(["eng", "jira", "OPS", "OPS-4", "https://jira.acme.example", "ENG_"]);
    expect(resolve("https://github.com/other/repo/issues/4")).toEqual(["oss", "github", "other/repo", "4", null, ""]);
  });

  it("of any other host gets none", () => {
    for (const address of [
      "https://evil.example/browse/ENG-4",
      "https://evil.atlassian.net/browse/ENG-4",
      "https://jira.acme.example.evil.example/browse/ENG-4",
      "https://jira.acme.example:8443/browse/ENG-4",
    ])
      expect(resolve(address)).toBe(`${new URL(address).host} is not asked: no credentials here belong to it.`);
    expect(resolve("https://linear.app/acme/issue/ENG-4")).toBe("linear.app is not asked: no credentials here belong to it.");
    expect(resolve("https://acme.atlassian.net/browse/WEB-4", { env: { JIRA_HOST: "acme.atlassian.net", JIRA_API_TOKEN: "x" } })).toMatchObject({
      1: "jira",
      2: "WEB",
    });
  });

  it("of the platform's own host is never looked up on a server of somebody's own, nor gets its token", () => {
    const server = "\n  ent: { system: github, repo: acme/payments, base_url: https://github.acme.example/api/v3 }";
    const address = "https://github.com/acme/payments/issues/4";
    expect(resolve(address, { targets: server, route: "ent", env: { GITHUB_TOKEN: "x" } })).toBe("github.com is not asked: no credentials here belong to it.");
    const both = server.replace(" }", ", auth: { env_prefix: ENT_ } }");
    expect(resolve(address, { targets: both, route: "ent" })).toEqual(["github", "github", "acme/payments", "4", null, ""]);
    expect(resolve(address, { targets: `${both}${TWO}` })).toEqual(["oss", "github", "acme/payments", "4", null, ""]);
    expect(resolve("https://github.acme.example/acme/payments/issues/4", { targets: `${TWO}${both}` })).toMatchObject({ 0: "ent", 5: "ENT_" });
    const collection = "\n  plat: { system: azure, project: acme/payments, base_url: https://tfs.acme.example/acme }";
    expect(resolve("https://dev.azure.com/acme/payments/_workitems/edit/4", { targets: collection, route: "plat", env: { AZURE_DEVOPS_PAT: "x" } })).toBe(
      "dev.azure.com is not asked: no credentials here belong to it.",
    );
    const api = "\n  oss: { system: github, repo: acme/payments, base_url: https://api.github.com }";
    expect(resolve(address, { targets: api, route: "oss" })).toMatchObject({ 0: "oss" });
  });

  it("of no platform says which there are", () => {
    expect(resolve("https://trello.com/c/abc")).toBe('"https://trello.com/c/abc" names no ticket: trello.com is no platform that Canon knows.');
  });
});
