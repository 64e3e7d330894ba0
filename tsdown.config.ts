/** How the published package is built: few files, so that a command starts fast; everything rarely needed in chunks of its own. */

import { defineConfig, type UserConfig } from "tsdown";

const config: UserConfig = defineConfig({
  entry: { "cli/main": "src/cli/main.ts", index: "src/index.ts" },
  outDir: "dist",
  format: "esm",
  platform: "node",
  target: "node22.22",
  // Reading one bundle is many times faster than reading hundreds of small modules.
  deps: {
    alwaysBundle: [/^(?!satteri|@bruits\/|node:|\.|\/)/],
    // Native code stays a dependency of its own: its binary depends on the machine. Ink asks for its devtools only under DEV=true.
    neverBundle: [/^satteri/, /^@bruits\//, "react-devtools-core"],
    onlyBundle: false,
    dts: { neverBundle: [/^zod/] },
  },
  // Every file costs half a millisecond to find and link: what a plan needs anyway comes in a few, and what help needs in one.
  outputOptions: {
    advancedChunks: {
      groups: [
        {
          name: "start",
          priority: 10,
          test: /\/src\/(cli\/(colour|find-command|help-text|neighbours|option-spec|usage-error)|core\/(version|model\/exit-code|text\/(nearest-word|terminal-text))|views\/(paint|glyphs|wrap))\.ts$/,
        },
        { name: "specs", test: /\/src\/core\/(plan|spec|config|merge)\// },
        {
          name: "workspace",
          test: /\/src\/(operations\/(gather|plan|read-|parse-with|workspace|watch-tracker|check-addresses|target-problems|find-tickets)|io\/(config-file|spec-files|disk|git|run-git|log|redact|clock|state|journal|parse-markdown))/,
        },
        { name: "plan-view", test: /\/src\/views\/(plan|diagnostics|field|row|new-lines|spread|target-label|escape)/ },
        { name: "local", test: /\/src\/trackers\/local\// },
      ],
    },
  },
  dts: { entry: "src/index.ts" },
  clean: true,
  fixedExtension: false,
});

export default config;
