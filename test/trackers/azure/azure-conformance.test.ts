/** Azure DevOps passes the exam of all trackers. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import { azureStage } from "./azure-stage.ts";

trackerSuite("azure", () => azureStage(), {
  fullStrength: true,
  skip: [
    { flag: "clientIds", reason: "Azure gives the numbers itself, and takes a token twice", tests: ["a second create with one token is refused"] },
    {
      flag: "project",
      reason: "a work item keeps its number in every project of its organisation",
      tests: ["a ticket that moved is found under its old key, with its new one, and takes writes under both"],
    },
    {
      flag: "project",
      reason: "a list of numbers comes whole or not at all, and an empty one leads to no ticket; azure-lists.test.ts cuts the tickets behind it",
      tests: ["a list of which a part is missing says that it is not complete"],
    },
    {
      flag: "project",
      reason: "the Agile process leads from New to Closed in one step; azure-workflow.test.ts walks where it does not",
      tests: ["a workflow is walked only when asked to"],
    },
  ],
});
