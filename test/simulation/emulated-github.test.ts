/** Random steps of people and Canon on github: no word is lost, no ticket twice, and it comes to rest. */

import { simulateVendor } from "./emulated-simulation.ts";

simulateVendor("github", 4);
