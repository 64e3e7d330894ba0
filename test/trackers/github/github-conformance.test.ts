/** GitHub passes the exam of all trackers: with the issue types of an organisation, and without. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import type { Skip } from "../../conformance/stage.ts";
import { githubStage } from "./github-stage.ts";

const SKIPPED: readonly Skip[] = [
  {
    flag: "conditionalWrite",
    reason: "GitHub has no precondition on writes of issues; guards are read right before them",
    tests: ["an update of a ticket that a person changed meanwhile is refused", "a transition of a ticket that a person moved meanwhile is refused"],
  },
  { flag: "clientIds", reason: "GitHub gives ids itself and takes a create twice", tests: ["a second create with one token is refused"] },
  {
    flag: "baseAlone",
    reason: "the base stands in the text, which rises in time and history with it",
    tests: ["a base alone touches nothing that people see"],
  },
  { flag: "project", reason: "GitHub archives no issues", tests: ["an archived ticket takes no writes", "an archived ticket is read, and says so"] },
];

trackerSuite("github", () => githubStage(), {
  skip: [
    ...SKIPPED,
    {
      flag: "types",
      reason: "without hierarchy in the target there are no types, and every nesting is allowed",
      tests: ["a ticket stands below a parent that was created before", "a parent is set, changed and taken away"],
    },
  ],
  fullStrength: true,
});

trackerSuite("github with issue types", () => githubStage({ usesTypes: true }), {
  skip: [...SKIPPED, { flag: "project", reason: "an issue may stand without a type", tests: ["without type and status a ticket gets the project's own"] }],
  fullStrength: true,
});
