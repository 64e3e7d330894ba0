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
  dts: { entry: "src/index.ts" },
  clean: true,
  fixedExtension: false,
});

export default config;
