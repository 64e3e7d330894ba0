/** The exam on Jira Cloud. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import { JIRA_SKIPS } from "./jira-skips.ts";
import { jiraStage } from "./jira-stage.ts";

trackerSuite("Jira Cloud", async () => jiraStage({ flavour: "cloud", workflow: "strict" }), { fullStrength: true, skip: JIRA_SKIPS });
