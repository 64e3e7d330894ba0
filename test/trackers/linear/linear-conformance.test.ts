/** Linear passes the exam of all trackers. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import { linearStage } from "./linear-stage.ts";

trackerSuite("linear", () => linearStage(), {
  fullStrength: true,
  skip: [
    {
      flag: "conditionalWrite",
      reason: "an update of Linear takes no version to be refused by",
      tests: ["an update of a ticket that a person changed meanwhile is refused", "a transition of a ticket that a person moved meanwhile is refused"],
    },
  ],
});
