/** Exactly once on github: killed at every request, with answers lost and deliveries late, among people who create tickets meanwhile. */

import { HIDDEN_TICKETS, killMatrix, NOBODY, OTHER_PEOPLE } from "./kill-matrix.ts";

killMatrix("github", NOBODY, ["before", "after", "late"]);
killMatrix("github", OTHER_PEOPLE, ["after", "late"]);
killMatrix("github", HIDDEN_TICKETS, ["after"]);
