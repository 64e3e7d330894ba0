/** Exactly once on azure: killed at every request, with answers lost and deliveries late, among people who create tickets meanwhile. */

import { HIDDEN_TICKETS, killMatrix, NOBODY, OTHER_PEOPLE } from "./kill-matrix.ts";

killMatrix("azure", NOBODY, ["before", "after", "late"]);
killMatrix("azure", OTHER_PEOPLE, ["after", "late"]);
killMatrix("azure", HIDDEN_TICKETS, ["after"]);
