/** A process that writes to a local tracker: `local-child.ts FILE PREFIX COUNT [BATCH]`. Prints the keys it got. */

import { loadParser } from "../../src/io/parse-markdown.ts";
import { openLocalTracker } from "../../src/trackers/local/local-tracker.ts";
import { base } from "../conformance/stage.ts";

const [file = "", prefix = "", count = "0", batch = "1"] = process.argv.slice(2);
const tracker = openLocalTracker({ file, identity: "local:x/PAY", project: "PAY", parser: await loadParser(), author: prefix, now: () => new Date() });
for (let made = 0; made < Number(count); made += Number(batch)) {
  const drafts = Array.from({ length: Number(batch) }, (_, index) => `${prefix}-${made + index}`).map((token) => ({
    token,
    title: token,
    type: null,
    parent: null,
    status: null,
    labels: [],
    body: token,
    base: base(token),
    extra: {},
  }));
  for (const outcome of await tracker.create(drafts)) console.log(outcome.state === "done" ? outcome.key : `${outcome.state} ${outcome.error.message}`);
}
await tracker.close();
