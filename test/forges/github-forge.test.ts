/** The GitHub forge takes the exam of code hosts, on the emulated GitHub with a real git repository behind it. */

import { forgeSuite } from "./forge-suite.ts";
import { githubStage } from "./github-stage.ts";

forgeSuite("the GitHub forge", () => githubStage());
