/** The plain-git forge passes the exam of all code hosts. */

import { forgeSuite } from "./forge-suite.ts";
import { gitStage } from "./git-stage.ts";

forgeSuite("git", gitStage);
