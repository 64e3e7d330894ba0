/** What the exam asks and no Jira can: by flag and reason, the same for Cloud and Data Center. */

import type { Skip } from "../../conformance/stage.ts";

export const JIRA_SKIPS: readonly Skip[] = [
  {
    flag: "conditionalWrite",
    reason: "an edit of Jira takes no version to be refused by",
    tests: ["an update of a ticket that a person changed meanwhile is refused", "a transition of a ticket that a person moved meanwhile is refused"],
  },
  {
    flag: "clientIds",
    reason: "Jira makes a ticket of every create it is sent, whatever property it carries",
    tests: ["a second create with one token is refused"],
  },
  {
    flag: "project",
    reason: "a sub-task of Jira cannot stand without a parent",
    tests: ["every type of the project can be created"],
  },
];
