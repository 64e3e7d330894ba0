#!/usr/bin/env node
// Parses on any Node since 18: an old one is told what to upgrade instead of dying of new syntax.
// A published package runs dist/. A clone runs src/, which needs Node's type stripping; the Node that `npm ci` puts into
// node_modules serves where the machine's own is too old, so that a fresh clone works with Node 20.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const source = path("../src/cli/main.ts");
const isClone = existsSync(source);

/** engines: ^22.22 || >=24.11 */
const isNewEnough = (version) => {
  const [major, minor] = version.split(".").map(Number);
  return (major === 22 && minor >= 22) || (major === 24 && minor >= 11) || major > 24;
};

const runWithOwnNode = () => {
  const own = path("../node_modules/node/bin/node");
  if (!isClone || !existsSync(own) || process.env.CANON_OWN_NODE) return false;
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, CANON_OWN_NODE: "1" },
  });
  // ^C reaches the child from the terminal too: this process only waits, so that nobody gets the prompt back before it ends.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => refuse(`canon cannot start ${own}: ${error.message}.`, "Run npm ci again."));
  child.on("exit", (code, signal) => {
    process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
    process.exitCode = code ?? 70;
    if (signal) process.kill(process.pid, signal);
  });
  return true;
};

/**
 * Compiled code is kept between runs: measured, a plan of a small project takes a sixth less. In the person's own cache
 * folder, because whoever can write there runs code as they do; a folder that cannot be made is no cache.
 */
const keepCompiledCode = () => {
  const folder = process.env.XDG_CACHE_HOME || (process.platform === "win32" ? process.env.LOCALAPPDATA : join(homedir(), ".cache"));
  if (!process.env.NODE_COMPILE_CACHE && folder) module.enableCompileCache?.(join(folder, "canon", "compiled"));
};

const refuse = (message, hint) => {
  if (process.argv.includes("--json")) {
    const diagnostics = [{ code: "node-too-old", severity: "error", message, hint }];
    console.log(JSON.stringify({ type: "summary", format: 1, command: process.argv[2] ?? "", exitCode: 1, diagnostics }));
  }
  console.error(message);
  console.error(hint);
  process.exitCode = 1;
};

if (isNewEnough(process.versions.node)) {
  keepCompiledCode();
  const { start } = await import(isClone ? "../src/cli/main.ts" : "../dist/cli/main.js");
  await start();
} else if (!runWithOwnNode()) {
  const hint = isClone ? "Run npm ci first: it brings a Node of its own for this clone." : "Upgrade it (https://nodejs.org), for example: nvm install 24";
  refuse(`canon needs Node 22.22, 24.11 or newer; this is Node ${process.versions.node}.`, hint);
}
