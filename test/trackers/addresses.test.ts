/** Where credentials go: never over plain http out of this machine, but to a Jira Data Center that has nothing else. */

import { expect, it } from "vitest";
import { loadRemark } from "../../src/io/remark-parser.ts";
import { silentLog } from "../../src/io/log.ts";
import { systemClock } from "../../src/io/clock.ts";
import { placeOf } from "../../src/trackers/azure/azure-place.ts";
import { openGithubTracker } from "../../src/trackers/github/github-tracker.ts";
import { jiraSite } from "../../src/trackers/jira/jira-site.ts";
import { openLinearTracker } from "../../src/trackers/linear/linear-tracker.ts";
import type { RemoteOptions } from "../../src/trackers/remote-options.ts";

const env = { JIRA_API_TOKEN: "t", LINEAR_API_KEY: "t", GITHUB_TOKEN: "t", AZURE_DEVOPS_TOKEN: "t" };

function options(system: RemoteOptions["target"]["system"], project: string, baseUrl: string): RemoteOptions {
  return {
    target: { name: "work", system, project, baseUrl, envPrefix: "", public: false },
    ...{ env, parser: loadRemark(), clock: systemClock, log: silentLog },
  };
}

const OPENINGS: readonly [string, (address: string) => unknown][] = [
  ["linear", (address) => openLinearTracker(options("linear", "ENG", address))],
  ["github", (address) => openGithubTracker(options("github", "acme/payments", address))],
  ["azure", (address) => placeOf(options("azure", "acme/payments", `${address}/acme`))],
];

it.each(OPENINGS)("%s is not spoken to over plain http", async (_, open) => {
  const refusal = await Promise.resolve()
    .then(() => open("http://work.example"))
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({ kind: "invalid", message: expect.stringContaining("is no address to send a") });
});

it("a Jira of one's own may be, the Cloud may not", () => {
  expect(jiraSite(options("jira", "PAY", "http://jira.work.example:8080/jira/")).root).toBe("http://jira.work.example:8080/jira");
  expect(jiraSite(options("jira", "PAY", "http://127.0.0.1:8080")).root).toBe("http://127.0.0.1:8080");
  expect(() => jiraSite(options("jira", "PAY", "http://acme.atlassian.net"))).toThrow("The address of Jira for work cannot be used.");
});
