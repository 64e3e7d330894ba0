/** The local tracker passes the whole exam, at full strength and with every switch turned. */

import type { LocalBehaviour } from "../../src/trackers/local-desk.ts";
import type { Skip } from "../conformance/stage.ts";
import { trackerSuite } from "../conformance/tracker-suite.ts";
import { localStage } from "./local-stage.ts";

const NESTING = [
  "a ticket stands below a parent that was created before",
  "a parent is set, changed and taken away",
  "children are those right below, ours and people's",
  "the children that a moved ticket left behind are found under its old key",
];

const noNesting: readonly Skip[] = [{ flag: "project", reason: "this project nests nothing", tests: NESTING }];

interface Variant {
  readonly name: string;
  readonly behaviour: Partial<LocalBehaviour>;
  readonly skip?: readonly Skip[];
}

const VARIANTS: readonly Variant[] = [
  { name: "no switch", behaviour: {} },
  { name: "rewrites as Linear", behaviour: { rewrites: "linear" } },
  { name: "rewrites as Jira", behaviour: { rewrites: "jira" } },
  { name: "rewrites as GitHub", behaviour: { rewrites: "github" } },
  { name: "search lag", behaviour: { searchLag: 5_000 } },
  { name: "read lag", behaviour: { readLag: 5_000 } },
  { name: "both lags, rewriting", behaviour: { searchLag: 5_000, readLag: 2_000, rewrites: "linear" } },
  {
    name: "no client ids",
    behaviour: { clientIds: false },
    skip: [{ flag: "clientIds", reason: "without client ids a second create is a second ticket", tests: ["a second create with one token is refused"] }],
  },
  {
    name: "no conditional writes",
    behaviour: { conditionalWrite: false },
    skip: [
      {
        flag: "conditionalWrite",
        reason: "nothing compares revisions",
        tests: ["an update of a ticket that a person changed meanwhile is refused", "a transition of a ticket that a person moved meanwhile is refused"],
      },
    ],
  },
  { name: "strict workflow", behaviour: { workflow: "strict" } },
  { name: "nesting refused and declared", behaviour: { nesting: "none" }, skip: noNesting },
  { name: "nesting refused by surprise", behaviour: { nesting: "surprise" }, skip: noNesting },
  {
    name: "no history",
    behaviour: { history: false },
    skip: [{ flag: "history", reason: "nobody keeps track of who changed what", tests: ["history tells who changed which field, and since when"] }],
  },
  { name: "as if it were remote", behaviour: { embedded: false } },
];

for (const { name, behaviour, skip = [] } of VARIANTS) {
  trackerSuite(`local, ${name}`, () => localStage(behaviour), { skip, fullStrength: Object.keys(behaviour).length === 0 });
}
