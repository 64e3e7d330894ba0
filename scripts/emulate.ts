/** `npm run emulate -- jira`: runs an emulated tracker by hand, and says how to point Canon at it. */

import { parseArgs } from "node:util";
import { startAzureEmulator } from "../test/emulators/azure/azure-emulator.ts";
import { startGithubEmulator } from "../test/emulators/github/github-emulator.ts";
import { startJiraEmulator } from "../test/emulators/jira/jira-emulator.ts";
import { startLinearEmulator } from "../test/emulators/linear/linear-emulator.ts";
import type { Emulated, WireFault, WireFaultKind } from "../test/emulators/kit/wire.ts";
import { LOCAL_FAULT_KINDS, LOCAL_OPERATIONS } from "../src/trackers/local-desk.ts";

const USAGE = `Usage: npm run emulate -- jira|jira-data-center|linear|github|azure [--port N] [--faults LIST] [--log]

  --port N       listen there (0, the default: on any free port)
  --faults LIST  OPERATION:NTH:KIND[:MS], with commas: create:3:drop-answer,any:1:slow:2000
                 operations: ${LOCAL_OPERATIONS.join(", ")}, any
                 kinds: ${[...LOCAL_FAULT_KINDS, "slow", "redirect", "html"].join(", ")}
  --log          print every request
`;

interface Started extends Emulated {
  readonly project: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly unjudged: string | null;
}

async function start(name: string | undefined, port: number): Promise<{ readonly system: string; readonly emulator: Started }> {
  switch (name) {
    case "jira":
      return { system: "jira", emulator: await startJiraEmulator({ flavour: "cloud", port }) };
    case "jira-data-center":
      return { system: "jira", emulator: await startJiraEmulator({ flavour: "data-center", port }) };
    case "linear":
      return { system: "linear", emulator: await startLinearEmulator({ port }) };
    case "github":
      return { system: "github", emulator: await startGithubEmulator({ port }) };
    case "azure": {
      const emulator = await startAzureEmulator({ port });
      const project = emulator.project.includes("/") ? emulator.project : `${emulator.organization}/${emulator.project}`;
      return { system: "azure", emulator: { ...emulator, project } };
    }
    default:
      fail(name === undefined ? "Which tracker?" : `There is no emulator of ${name}.`);
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(64);
}

function faultsOf(list: string): readonly WireFault[] {
  return list
    .split(",")
    .filter((one) => one !== "")
    .map((one) => {
      const [operation = "", nth = "", kind = "", ms] = one.split(":");
      const known = [...LOCAL_OPERATIONS, "any" as const].find((each) => each === operation);
      const faultKind = [...LOCAL_FAULT_KINDS, "slow" as const, "redirect" as const, "html" as const].find((each): each is WireFaultKind => each === kind);
      if (known === undefined || faultKind === undefined || !(Number(nth) >= 1)) fail(`"${one}" is no fault.`);
      return { operation: known, nth: Number(nth), kind: faultKind, ...(ms === undefined ? {} : { ms: Number(ms) }) };
    });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "0" }, faults: { type: "string", default: "" }, log: { type: "boolean", default: false } },
});
const faults = faultsOf(values.faults);
const { system, emulator } = await start(positionals[0], Number(values.port));
emulator.setFaults(faults);
if (values.log)
  emulator.hook({
    after: ({ method, path, operation, elements, status, fault }) =>
      void process.stdout.write(`${method} ${path}  ${operation} ${elements}  ${status ?? "-"}${fault === null ? "" : `  ${fault}`}\n`),
  });
process.stdout.write(`${positionals[0]} is emulated at ${emulator.url}; ^C ends it.
${emulator.unjudged === null ? "" : `Not judged here: ${emulator.unjudged}\n`}
In canon.config.yaml:

  ticket_systems:
    try: { system: ${system}, project: "${emulator.project}", base_url: "${emulator.url}"${system === "github" ? ", public: true" : ""} }

In the shell that runs canon:

${Object.entries(emulator.credentials)
  .map(([name, value]) => `  export ${name}=${value}`)
  .join("\n")}
`);
process.once("SIGINT", () => {
  emulator.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});
