/** Exactly once on linear: killed at every request, with answers lost and deliveries late, among people who create tickets meanwhile. */

import { HIDDEN_TICKETS, killMatrix, NOBODY, OTHER_PEOPLE } from "./kill-matrix.ts";

killMatrix("linear", NOBODY, ["before", "after", "late"]);
killMatrix("linear", OTHER_PEOPLE, ["after", "late"]);
killMatrix("linear", HIDDEN_TICKETS, ["after"]);
