/** The example adapter passes the whole exam, held to what the local tracker must be able to do. */

import { trackerSuite } from "../../conformance/tracker-suite.ts";
import { folderStage } from "./folder-stage.ts";

trackerSuite("a folder of Markdown tickets", () => folderStage(), { fullStrength: true, skip: [] });
