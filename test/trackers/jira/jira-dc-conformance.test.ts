/** The exam on Jira Data Center. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import { JIRA_SKIPS } from "./jira-skips.ts";
import { jiraStage } from "./jira-stage.ts";

trackerSuite("Jira Data Center", async () => jiraStage({ flavour: "data-center", workflow: "strict" }), {
  fullStrength: true,
  skip: [
    ...JIRA_SKIPS,
    {
      flag: "project",
      reason: "what a page of Data Center leaves out is read by its key, and then nothing is missing",
      tests: ["an answer of which a part is missing says that it is not complete"],
    },
  ],
});
