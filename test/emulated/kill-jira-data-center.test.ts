/** Exactly once on jira-data-center: killed at every request, with answers lost and deliveries late, among people who create tickets meanwhile. */

import { HIDDEN_TICKETS, killMatrix, NOBODY, OTHER_PEOPLE } from "./kill-matrix.ts";

killMatrix("jira-data-center", NOBODY, ["before", "after", "late"]);
killMatrix("jira-data-center", OTHER_PEOPLE, ["after", "late"]);
killMatrix("jira-data-center", HIDDEN_TICKETS, ["after"]);
