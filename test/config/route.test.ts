/** Which target a spec goes to: ticket_project, rules in order, and what stands in for rules. */

import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { routeSpec } from "../../src/core/config/route.ts";
import type { Config } from "../../src/core/model/config.ts";
import type { FrontMatter } from "../../src/core/model/front-matter.ts";

function config(text: string): Config {
  const { config: read, diagnostics } = parseConfig(text, "canon.config.yaml");
  if (read === null) throw new Error(JSON.stringify(diagnostics));
  return read;
}

function frontMatter(some: Partial<FrontMatter>): FrontMatter {
  return { title: null, status: null, owner: null, team: null, tags: [], ticketProject: null, sync: true, lines: {}, ...some };
}

/** The target's name, or the message. */
function route(to: Config, path: string, some: Partial<FrontMatter> = {}): string {
  const routing = routeSpec(to, { path, frontMatter: frontMatter(some) });
  return routing.target === null ? routing.diagnostic.message : routing.target.name;
}

const TARGETS = `
sync: { system: local, project: PAY }
ticket_systems:
  eng: { system: jira, project: ENG }
  oss: { system: github, repo: acme/oss }
  sec: { system: linear, project: SEC }
  sec2: { system: jira, project: SEC, auth: { env_prefix: S_ } }
`;

const RULES = `${TARGETS}
routing:
  - match: { tags: [open-source, oss], path: ["specs/oss/**", "rfcs/*.md"] }
    target: oss
  - match: { team: [security, privacy] }
    target: sec
  - match: { owner: dana, tags: urgent }
    target: eng
`;

const NO_RULE = "No routing rule matches this spec.";

describe("rules", () => {
  it.each<[string, Partial<FrontMatter>, string]>([
    ["specs/oss/a.md", { tags: ["open-source"] }, "oss"],
    ["specs/oss/a/b.md", { tags: ["x", "oss"] }, "oss"],
    ["rfcs/a.md", { tags: ["oss"] }, "oss"],
    // Keys AND.
    ["specs/a.md", { tags: ["oss"] }, NO_RULE],
    ["specs/oss/a.md", {}, NO_RULE],
    ["specs/a.md", { owner: "dana" }, NO_RULE],
    ["specs/a.md", { owner: "dana", tags: ["urgent"] }, "eng"],
    // Values OR.
    ["specs/a.md", { team: "privacy" }, "sec"],
    ["specs/a.md", { team: "security" }, "sec"],
    ["specs/a.md", { team: "Security" }, NO_RULE],
    // The first rule that matches wins.
    ["specs/oss/a.md", { tags: ["oss"], team: "security" }, "oss"],
    ["specs/a.md", { team: "security", owner: "dana", tags: ["urgent"] }, "sec"],
  ])("%s with %o: %s", (path, some, target) => {
    expect(route(config(RULES), path, some)).toBe(target);
  });

  it("a last default rule takes the rest", () => {
    const withDefault = config(`${RULES}  - match: { default: true }\n    target: default\n`);
    expect(route(withDefault, "specs/a.md")).toBe("default");
    expect(route(withDefault, "specs/a.md", { team: "security" })).toBe("sec");
  });

  it("an unmatched spec is an error at its file", () => {
    expect(routeSpec(config(RULES), { path: "specs/a.md", frontMatter: frontMatter({}) })).toEqual({
      target: null,
      diagnostic: { code: "route-missing", severity: "error", message: NO_RULE, place: { path: "specs/a.md" } },
    });
  });
});

describe("without rules", () => {
  it("a single target takes all, in either form", () => {
    expect(route(config("sync: { system: local, project: PAY }"), "a.md")).toBe("default");
    expect(route(config("ticket_systems: { eng: { system: jira, project: ENG } }"), "a.md")).toBe("eng");
  });

  it("sync takes all beside others", () => {
    expect(route(config(TARGETS), "a.md", { tags: ["oss"] })).toBe("default");
  });

  it("several named targets leave it open", () => {
    const several = config("ticket_systems: { eng: { system: jira, project: ENG }, oss: { system: github, repo: a/b } }");
    expect(route(several, "a.md")).toBe("There are several targets (eng, oss) and no routing.");
  });
});

describe("ticket_project", () => {
  it.each([
    ["acme/oss", "oss"],
    ["ENG", "eng"],
    ["eng", "eng"],
    ["PAY", "default"],
    ["default", "default"],
    ["sec2", "sec2"],
    ["SEC", 'ticket_project "SEC" is a project of both sec and sec2.'],
    ["ENGG", 'ticket_project "ENGG" is no configured project or target.'],
  ])("%s: %s", (ticketProject, answer) => {
    expect(route(config(RULES), "specs/a.md", { ticketProject, team: "security" })).toBe(answer);
  });

  it("that is unknown names its line and the nearest one", () => {
    const wrong = frontMatter({ ticketProject: "ENGG", lines: { ticket_project: 4 } });
    expect(routeSpec(config(RULES), { path: "specs/a.md", frontMatter: wrong })).toMatchObject({
      diagnostic: { code: "route-project-unknown", place: { path: "specs/a.md", line: 4 }, hint: "Did you mean ENG?" },
    });
  });

  it("that is like none lists those there are", () => {
    const wrong = frontMatter({ ticketProject: "somewhere" });
    expect(routeSpec(config(TARGETS), { path: "a.md", frontMatter: wrong })).toMatchObject({
      diagnostic: { hint: "Configured: PAY, ENG, eng, acme/oss, oss, SEC, sec, sec2." },
    });
  });
});
