/** All clones speak to one tracker, as they would to a real one. Knows no test runner: child processes use it too. */

import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { connect } from "../../src/wiring.ts";

export const SHARED_TRACKER = "../tracker.sqlite";

export const sharedTracker: ConnectTracker = (target, context) => connect({ ...target, path: SHARED_TRACKER }, context);
