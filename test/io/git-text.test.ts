/** Remote addresses and config files, read without git. */

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseGitConfig, remoteNames } from "../../src/io/git-config.ts";
import { normaliseRemote } from "../../src/io/git-url.ts";
import { tempFolder } from "./temp-folder.ts";

test.each([
  "git@github.com:Org/Repo.git",
  "github.com:org/repo",
  "https://github.com/org/repo",
  "https://github.com/org/repo.git/",
  "https://dana:canary-token@github.com/org/repo.git",
  "https://x-access-token:canary-token@GITHUB.com:443/org/repo",
  "ssh://git@github.com:22/org/repo.git",
  "ssh://git@github.com/org/repo",
  "git://github.com:9418/org/repo.git",
  "http://github.com:80/org/repo?x=1#y",
])("one name for %s", (url) => {
  expect(normaliseRemote(url)).toBe("github.com/org/repo");
});

test.each([
  ["https://git.example.com:8443/a/b.git", "git.example.com:8443/a/b"],
  ["https://dana@dev.azure.com/org/proj/_git/repo", "dev.azure.com/org/proj/_git/repo"],
  ["git@ssh.dev.azure.com:v3/Org/proj/repo", "dev.azure.com/org/proj/_git/repo"],
  ["/srv/git/Repo.git", "/srv/git/Repo"],
  ["file:///srv/git/Repo.git", "/srv/git/Repo"],
  ["../Repo.git", "../Repo"],
  ["C:\\repos\\pay.git", "C:\\repos\\pay"],
  ["C:/repos/pay", "C:/repos/pay"],
])("%s is %s", (url, name) => {
  expect(normaliseRemote(url)).toBe(name);
});

const CONFIG = `
# a comment
[core]
\tsshCommand = "ssh -i \\"my key\\" #1" ; why
\tbare
[remote "origin"]
  url = https://x/a.git   # trailing
  fetch = +refs/heads/*:refs/remotes/origin/*
  url = second
[Remote "we\\"ird #]"] url = "  spaces  kept  "   
[remote "no-url"]
\tfetch = x
[alias]
\tlong = one \\
two
`;

test("a config file reads as git reads it", async () => {
  const path = join(await tempFolder(), "config");
  await writeFile(path, CONFIG);
  const listed = spawnSync("git", ["config", "--file", path, "--null", "--list"], { encoding: "utf8" })
    .stdout.split("\0")
    .filter((entry) => entry !== "");
  const theirs = listed.map((entry) => (entry.includes("\n") ? [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1)] : [entry, "true"]));
  const ours = [...parseGitConfig(CONFIG)].flatMap(([name, values]) => values.map((value) => [name, value]));
  expect(ours.toSorted()).toEqual(theirs.toSorted());
  expect(remoteNames(parseGitConfig(CONFIG))).toEqual(["origin", 'we"ird #]']);
});
