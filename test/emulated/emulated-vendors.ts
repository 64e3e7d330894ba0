/** Every real tracker with its emulator: what the suites over all of them go through. */

import type { System } from "../../src/core/model/system.ts";
import type { EmulatedVendor } from "../conformance/emulated-stage.ts";

export const VENDOR_NAMES = ["jira-cloud", "jira-data-center", "linear", "github", "azure"] as const;

export type VendorName = (typeof VENDOR_NAMES)[number];

/** A running emulator, and what Canon is told of it. */
export interface RunningVendor extends EmulatedVendor {
  readonly system: System;
  /** As `project:` says it. */
  readonly project: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Loads no other vendor than the one that is started. */
export async function startVendor(name: VendorName): Promise<RunningVendor> {
  switch (name) {
    case "jira-cloud":
      return Object.assign(await (await import("../emulators/jira/jira-emulator.ts")).startJiraEmulator({ flavour: "cloud" }), { system: "jira" as const });
    case "jira-data-center":
      return Object.assign(await (await import("../emulators/jira/jira-emulator.ts")).startJiraEmulator({ flavour: "data-center" }), {
        system: "jira" as const,
      });
    case "linear":
      return Object.assign(await (await import("../emulators/linear/linear-emulator.ts")).startLinearEmulator(), { system: "linear" as const });
    case "github":
      return Object.assign(await (await import("../emulators/github/github-emulator.ts")).startGithubEmulator(), { system: "github" as const });
    case "azure": {
      const emulator = await (await import("../emulators/azure/azure-emulator.ts")).startAzureEmulator();
      const project = emulator.project.includes("/") ? emulator.project : `${emulator.organization}/${emulator.project}`;
      return Object.assign(emulator, { system: "azure" as const, project });
    }
  }
}

/** One target of a configuration; `more` are further keys in YAML's flow form. */
export function targetYaml({ system, project, url }: RunningVendor, more = ""): string {
  const isPublic = system === "github" ? ", public: true" : "";
  return `{ system: ${system}, project: "${project}", base_url: "${baseUrl(system, url)}"${isPublic}${more} }`;
}

/** Linear's and Azure's emulators answer below a path as the vendors do. */
function baseUrl(_system: System, url: string): string {
  return url;
}
