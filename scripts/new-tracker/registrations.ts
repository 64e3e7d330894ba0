/** The lines that a new tracker needs elsewhere: every table and switch over `System`, found by the compiler when a word is added to it. */

export interface Registration {
  readonly file: string;
  /** Stands in the file once; `add` goes right before it. */
  readonly before: string;
  readonly add: string;
  /** What the line says, and what to put right in it. */
  readonly why: string;
}

/** `name` as in `system:` of a configuration; `title` as people write it. */
export function registrationsOf(name: string, title: string): readonly Registration[] {
  const variable = `${name.toUpperCase()}_TOKEN`;
  return [
    { file: "src/core/model/system.ts", before: '"local"] as const', add: `"${name}", `, why: "the word in markers and configurations" },
    {
      file: "src/core/spec/ticket-key.ts",
      before: "  local: { form:",
      add: `  ${name}: { form: PROJECT_KEY, example: "ABC-143" },\n`,
      why: "what its keys look like",
    },
    {
      file: "src/core/plan/key-owner.ts",
      before: '    case "local":\n      return projectOfKey',
      add: `    case "${name}":\n`,
      why: "which target a key belongs to: here by the project in front of the dash",
    },
    {
      file: "src/core/config/resolve-target.ts",
      before: "  local: { pattern:",
      add: `  ${name}: { pattern: /^[A-Z][A-Z0-9_]*$/, rule: "a project key: capital letters, digits and _", example: "ABC" },\n`,
      why: "what project: may be",
    },
    {
      file: "src/core/config/secret-keys.ts",
      before: "  local: null,",
      add: `  ${name}: "${variable}",\n`,
      why: "which variable holds the secret that somebody put into the configuration",
    },
    { file: "src/io/credentials.ts", before: "  local: [],", add: `  ${name}: ["${variable}"],\n`, why: "all variables it reads; the secret comes last" },
    { file: "src/core/config/print-config.ts", before: '  local: "",', add: `  ${name}: "${variable}",\n`, why: "the variables, as canon init writes them" },
    {
      file: "src/core/config/print-config.ts",
      before: "  local: '{ todo:",
      add: `  ${name}: '{ todo: "To do", in_progress: "Doing", done: "Done" }',\n`,
      why: "a status_map to start from, as canon init writes it",
    },
    {
      file: "src/core/plan/default-hierarchy.ts",
      before: "  linear: null,",
      add: `  ${name}: null,\n`,
      why: "its types for depth 2, 3, 4; null where tickets have none",
    },
    {
      file: "src/core/lookup/parse-reference.ts",
      before: '    case "local":\n      return null;',
      add: `    case "${name}":\n`,
      why: "how an address leads to a ticket: as it stands, none does",
    },
    { file: "src/views/init-text.ts", before: '  jira: "Jira",', add: `  ${name}: "${title}",\n`, why: "its name in the questions of canon init" },
    {
      file: "src/wiring.ts",
      before: "  jira: {\n    openTracker:",
      add: [
        `  ${name}: {`,
        `    openTracker: async (options) => (await import("./trackers/${name}/${name}-tracker.ts")).open${title}Tracker(options),`,
        `    openSource: async (options) => (await import("./trackers/${name}/${name}-source.ts")).open${title}Source(options),`,
        "  },\n",
      ].join("\n"),
      why: "where it is loaded from",
    },
    {
      file: "test/conformance/required-capabilities.ts",
      before: "  local: { strengths:",
      add: `  ${name}: { strengths: [], batch: { read: 1, create: 1, update: 1 }, titleLimit: 255, bodyLimit: 40_000 },\n`,
      why: "what it must be able to do for good: raise it with each capability",
    },
  ];
}

/** Nothing fails without these; they come when the exam is passed. */
export function laterOf(name: string): readonly string[] {
  return [
    "src/core/lookup/parse-reference.ts and resolve-reference.ts: its own hosts, so that pasted addresses are known",
    "src/core/codes/config-codes.ts: the hint that lists what project: may be",
    "test/emulated/emulated-vendors.ts and scripts/emulate.ts: the kill matrix, the simulation, npm run emulate",
    "bench/vendor-requests.ts: how many requests it may take",
    "test/laws/secrets.test.ts: a secret of its own that must never be seen",
    `docs/trackers/${name}.md, and its rows in docs/trackers/README.md`,
    "CHANGELOG.md, and the table of trackers in README.md",
  ];
}
