/** Tokens as people get them wrong: missing, mistyped, expired, of another team, without the right to write. */

import { expect, test } from "vitest";
import { expectTranscript, filesIn, transcript } from "../cli/transcript.ts";
import { startAzureEmulator } from "../emulators/azure/azure-emulator.ts";
import { startGithubEmulator } from "../emulators/github/github-emulator.ts";
import { startJiraEmulator } from "../emulators/jira/jira-emulator.ts";
import { startLinearEmulator } from "../emulators/linear/linear-emulator.ts";
import type { RunningVendor } from "./emulated-vendors.ts";
import { flat, secretOf, vendorOf, vendorShell } from "./vendor-shell.ts";

interface Wrong {
  readonly name: string;
  readonly vendor: RunningVendor;
  /** By what is wrong with them. */
  readonly tokens: Readonly<Record<string, string | undefined>>;
}

const jiraOf = async (flavour: "cloud" | "data-center"): Promise<Wrong> => {
  const emulator = await startJiraEmulator({ flavour });
  const { expired, narrow } = emulator.tokens;
  return { name: `jira-${flavour}`, vendor: vendorOf("jira", emulator), tokens: { expired, narrow } };
};

const WRONG: Readonly<Record<string, () => Promise<Wrong>>> = {
  linear: async () => {
    const emulator = await startLinearEmulator();
    const { expired, readOnly, otherTeam } = emulator.tokens;
    return { name: "linear", vendor: vendorOf("linear", emulator), tokens: { expired, "of another team": otherTeam, "that only reads": readOnly } };
  },
  github: async () => {
    const emulator = await startGithubEmulator({ visibility: "private" });
    const { addToken } = emulator;
    const tokens = {
      expired: addToken({ expiresAt: 0 }),
      "with another scope": addToken({ scopes: ["read:user"] }),
      "of another repository": addToken({ kind: "fine-grained", repositories: [emulator.otherProject] }),
      "that only reads": addToken({ kind: "fine-grained", permissions: { issues: "read", metadata: "read" } }),
    };
    return { name: "github", vendor: vendorOf("github", emulator), tokens };
  },
  "jira-cloud": () => jiraOf("cloud"),
  "jira-data-center": () => jiraOf("data-center"),
  azure: async () => {
    const emulator = await startAzureEmulator();
    const { expired, otherScope, readOnly } = emulator.tokens;
    const vendor = vendorOf("azure", { ...emulator, project: `${emulator.organization}/${emulator.project}` });
    return { name: "azure", vendor, tokens: { expired, "with another scope": otherScope, "that only reads": readOnly } };
  },
};

test.each(Object.keys(WRONG))("of %s are told for what they are, and nothing is written", { timeout: 90_000 }, async (system) => {
  const { name, vendor, tokens } = (await WRONG[system]?.()) ?? expect.fail(system);
  const shell = vendorShell(vendor);
  const before = shell.spec();
  const variable = secretOf(vendor);
  const parts = [
    `# missing\n${await transcript(shell.with({ [variable]: undefined }), "target list", "plan")}`,
    `# mistyped\n${await transcript(shell.with({ [variable]: "mistyped-token" }), "target check main")}`,
  ];
  for (const [what, token] of Object.entries(tokens)) parts.push(`# ${what}\n${await transcript(shell.with({ [variable]: token }), "apply --auto-approve")}`);
  expectTranscript(`trackers/tokens-${name}`, parts.join("\n"));
  expect([shell.spec(), vendor.people.keys()]).toEqual([before, []]);
  const written = JSON.stringify(filesIn(shell.folder)) + parts.join("");
  for (const token of Object.values(tokens)) expect(written).not.toContain(token);
});

test("of a target with a prefix are asked for by their whole name", { timeout: 60_000 }, async () => {
  for (const start of Object.values(WRONG)) {
    const { vendor, tokens } = await start();
    const variable = secretOf(vendor);
    const others = Object.fromEntries(Object.entries(vendor.credentials).map(([name, value]) => [`SEC_${name}`, value]));
    const shell = vendorShell(vendor, { more: ", auth: { env_prefix: SEC_ }" }).with({ ...others, [`SEC_${variable}`]: tokens["expired"] });
    expect((await shell.canon("plan")).out).toContain(`SEC_${variable}`);
  }
});

test("an account whose labels a tracker would drop in silence is warned before anything is written", { timeout: 60_000 }, async () => {
  const shell = vendorShell(vendorOf("github", await startGithubEmulator({ visibility: "private", role: "read" })));
  const warning = 'warning main: the account, or its token, lacks "role: write". Give it to the account';
  expect(flat(await shell.canon("plan"))).toContain(warning);
  expect(flat(await shell.canon("apply", "-n"))).toContain(warning);
  const check = await shell.canon("target", "check", "main");
  expect([check.exitCode, flat(check).includes('error main: the account, or its token, lacks "role: write".')]).toEqual([1, true]);
});
