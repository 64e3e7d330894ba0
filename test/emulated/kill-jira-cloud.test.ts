/** Exactly once on jira-cloud: killed at every request, with answers lost and deliveries late, among people who create tickets meanwhile. */

import { HIDDEN_TICKETS, killMatrix, NOBODY, OTHER_PEOPLE } from "./kill-matrix.ts";

killMatrix("jira-cloud", NOBODY, ["before", "after", "late"]);
killMatrix("jira-cloud", OTHER_PEOPLE, ["after", "late"]);
killMatrix("jira-cloud", HIDDEN_TICKETS, ["after"]);
