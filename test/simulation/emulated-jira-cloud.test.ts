/** Random steps of people and Canon on jira-cloud: no word is lost, no ticket twice, and it comes to rest. */

import { simulateVendor } from "./emulated-simulation.ts";

simulateVendor("jira-cloud", 5);
