/** Both written forms, every key and its default, and what a digest stands for. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { printConfig } from "../../src/core/config/print-config.ts";
import { DEFAULT_EXCLUDE_HEADINGS } from "../../src/core/config/default-exclude-headings.ts";
import type { Config, TargetConfig } from "../../src/core/model/config.ts";

function parsed(text: string): Config {
  const { config, diagnostics } = parseConfig(text, "canon.config.yaml");
  expect(diagnostics).toEqual([]);
  if (config === null) throw new Error("a configuration without diagnostics");
  return config;
}

const SHORT = "sync: { system: jira, project_key: PAY }\n";

const DEFAULT_TARGET: TargetConfig = {
  name: "default",
  system: "jira",
  project: "PAY",
  baseUrl: null,
  createTickets: true,
  reverseSync: true,
  statusMap: {},
  hierarchy: null,
  autoParent: true,
  owners: { title: "spec", type: "spec", parent: "spec", status: "shared", labels: "shared", criteria: "shared", body: "spec" },
  createFields: {},
  settle: null,
  transitions: "direct",
  inbox: null,
  path: ".canon/local.sqlite",
  envPrefix: "",
  public: false,
};

describe("the short form", () => {
  it("is a target named default, with every default filled in", () => {
    const { digest, ...config } = parsed(SHORT);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(config).toEqual({
      file: "canon.config.yaml",
      id: null,
      specs: { include: ["specs/**/*.md"], exclude: [], sections: "all", excludeHeadings: DEFAULT_EXCLUDE_HEADINGS, defaultStatus: null, autoTickets: true },
      targets: [DEFAULT_TARGET],
      routing: [],
      lock: null,
      createWhen: ["draft", "todo", "in_progress", "blocked"],
      verify: "review",
      verifyCommand: null,
      mentions: "neutralise",
      limits: { create: null, close: 5 },
      defaultPlatform: null,
      defaultTeam: null,
      bot: {
        enabled: false,
        markers: "commit",
        onMoved: "stop",
        showLive: false,
        statusEvery: 86_400_000,
        limits: { open: 5, perHour: 2 },
        notify: { ticket: false },
      },
    });
  });
});

const FULL = `
$schema: ./schema.json
id: payments-platform
specs: { include: ["specs/**/*.md", "rfcs/*.md"], exclude: specs/old/**, sections: numbered, exclude_headings: ["Notes"], default_status: draft, auto_tickets: false }
sync: { system: local, project: PAY, create_tickets: false, reverse_sync: false, path: data/local.sqlite }
ticket_systems:
  engineering:
    system: jira
    project: ENG
    base_url: https://jira.example.com/
    status_map: { draft: "Backlog", todo: "Open", in_progress: "In Development", done: "Closed", blocked: "On Hold", deprecated: "Won't Fix" }
    hierarchy: { spec: Initiative, 2: "Epic", 3: "Story", 4: "Sub-task" }
    auto_parent: false
    fields: { title: shared, body: ignore, status: tracker }
    create_fields: { components: [Payments], priority: { name: High } }
    settle: 90
    transitions: walk
    inbox: "labels = spec"
    auth: { env_prefix: SEC_ }
  oss: { system: github, repo: org/public-repo, public: true, settle: 2m }
  team: { system: linear, project: Core Team, settle: "500ms" }
  boards: { system: azure, project: acme/payments, settle: 1.5s }
routing:
  - match: { tags: ["open-source", oss], team: security, owner: dana, path: "specs/oss/**" }
    target: oss
  - match: { default: true }
    target: engineering
lock: git
create_when: [todo]
verify: { command: "npm run verify" }
mentions: keep
limits: { create: 0, close: 2 }
default_platform: linear
default_team: ENG
`;

describe("every key", () => {
  const config = parsed(FULL);
  const target = (name: string): TargetConfig | undefined => config.targets.find((one) => one.name === name);

  it("at the top", () => {
    expect(config).toMatchObject({
      id: "payments-platform",
      lock: "git",
      createWhen: ["todo"],
      verify: "command",
      verifyCommand: "npm run verify",
      mentions: "keep",
    });
    expect(config).toMatchObject({ limits: { create: 0, close: 2 }, defaultPlatform: "linear", defaultTeam: "ENG" });
  });

  it("of specs", () => {
    expect(config.specs).toEqual({
      include: ["specs/**/*.md", "rfcs/*.md"],
      exclude: ["specs/old/**"],
      sections: "numbered",
      excludeHeadings: ["Notes"],
      defaultStatus: "draft",
      autoTickets: false,
    });
  });

  it("of targets, both forms together", () => {
    expect(config.targets.map(({ name }) => name)).toEqual(["default", "engineering", "oss", "team", "boards"]);
    expect(target("default")).toMatchObject({ system: "local", project: "PAY", createTickets: false, reverseSync: false, path: "data/local.sqlite" });
    expect(target("engineering")).toEqual({
      ...DEFAULT_TARGET,
      name: "engineering",
      project: "ENG",
      baseUrl: "https://jira.example.com",
      statusMap: { draft: "Backlog", todo: "Open", in_progress: "In Development", done: "Closed", blocked: "On Hold", deprecated: "Won't Fix" },
      hierarchy: new Map([
        [0, "Initiative"],
        [2, "Epic"],
        [3, "Story"],
        [4, "Sub-task"],
      ]),
      autoParent: false,
      owners: { ...DEFAULT_TARGET.owners, title: "shared", body: "ignore", status: "tracker" },
      createFields: { components: ["Payments"], priority: { name: "High" } },
      settle: 90_000,
      transitions: "walk",
      inbox: "labels = spec",
      envPrefix: "SEC_",
    });
    expect(target("oss")).toMatchObject({ project: "org/public-repo", public: true, settle: 120_000 });
    expect(target("team")).toMatchObject({ project: "Core Team", settle: 500 });
    expect(target("boards")).toMatchObject({ project: "acme/payments", settle: 1_500 });
  });

  it("of routing", () => {
    expect(config.routing).toEqual([
      { match: { tags: ["open-source", "oss"], team: ["security"], owner: ["dana"], path: ["specs/oss/**"] }, target: "oss" },
      { match: null, target: "engineering" },
    ]);
  });

  it("an empty list of exclude_headings turns the built-in one off", () => {
    expect(parsed(`${SHORT}specs: { exclude_headings: [] }`).specs.excludeHeadings).toEqual([]);
  });
});

describe("the text", () => {
  it("may be JSON, also with tabs", () => {
    expect(parsed('{\n\t"sync": {\n\t\t"system": "jira",\n\t\t"project_key": "PAY"\n\t}\n}\n').targets).toEqual([DEFAULT_TARGET]);
  });

  it("may begin with a byte-order mark and end its lines with CRLF", () => {
    expect(parsed("\uFEFFsync:\r\n  system: jira\r\n  project: PAY\r\n").targets).toEqual([DEFAULT_TARGET]);
  });

  it("may use an alias once in a while", () => {
    const config = parsed(
      "sync: { system: jira, project: PAY, status_map: &map { done: Closed } }\nticket_systems: { b: { system: jira, project: B, status_map: *map } }\n",
    );
    expect(config.targets.map(({ statusMap }) => statusMap)).toEqual([{ done: "Closed" }, { done: "Closed" }]);
  });
});

describe("the digest", () => {
  it("is of the meaning: form, order, comments and the file's name change nothing", () => {
    const { digest } = parsed("id: a\nsync: { system: jira, project: PAY, hierarchy: { 2: Epic, 3: Story } }\n");
    expect(parsed("# hello\nsync:\n  project_key: PAY\n  hierarchy: { 3: Story, 2: Epic }\n  system: jira\nid: a\n").digest).toBe(digest);
    expect(parseConfig('{"id":"a","sync":{"system":"jira","project":"PAY","hierarchy":{"2":"Epic","3":"Story"}}}', "CANON.yaml").config?.digest).toBe(digest);
  });

  it.each(["id: b", "lock: git", "limits: { close: 6 }", "specs: { sections: marked }", "verify: off"])("changes with %s", (line) => {
    expect(parsed(`${SHORT}${line}\n`).digest).not.toBe(parsed(SHORT).digest);
  });

  it("changes with a level of the hierarchy", () => {
    const withLevel = (level: string): string => parsed(`sync: { system: jira, project: PAY, hierarchy: { ${level} } }`).digest;
    expect(withLevel("2: Epic")).not.toBe(withLevel("3: Epic"));
  });
});

describe("printConfig", () => {
  const word = fc.stringMatching(/^[^\s\p{Cc}]{1,40}$/u);
  const answers = fc.record({
    id: fc.oneof(
      word,
      fc.constantFrom("true", "null", "1e3", "- a", "a: b", "#x", "payments", "~", "0x1F", "off").map((text) => text.replaceAll(" ", "_")),
    ),
    include: fc.array(fc.constantFrom("specs/**/*.md", "docs/{a,b}/*.md", ".specify/**/*.md", "a b/c'd\"e.md", "日本/*.md"), { minLength: 1, maxLength: 3 }),
    sections: fc.constantFrom("all", "marked", "numbered", "criteria"),
  });
  const place = fc.oneof(
    fc.record({ system: fc.constantFrom("jira", "local"), project: fc.stringMatching(/^[A-Z][A-Z0-9_]{1,8}$/) }),
    fc.record({ system: fc.constant("github"), project: fc.stringMatching(/^[\w.-]{1,9}\/[\w.-]{1,9}$/) }),
    fc.record({ system: fc.constant("linear"), project: fc.stringMatching(/^[A-Za-z0-9:#'" ]{1,9}[A-Za-z]$/) }),
    fc.record({ system: fc.constant("azure"), project: fc.stringMatching(/^[\w .:-]{1,9}\/[\w .:-]{1,9}$/) }),
  );

  it("writes what parseConfig reads back, without a diagnostic", () => {
    fc.assert(
      fc.property(answers, place, ({ id, include, sections }, { system, project }) => {
        const config = parsed(printConfig({ id, include, sections, system, project } as Parameters<typeof printConfig>[0]));
        expect({ id: config.id, include: config.specs.include, sections: config.specs.sections }).toEqual({ id, include, sections });
        expect(config.targets.map((target) => [target.name, target.system, target.project])).toEqual([["default", system, project]]);
      }),
      { numRuns: 300 },
    );
  });
});
