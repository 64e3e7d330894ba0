/** Random steps of people and Canon on azure: no word is lost, no ticket twice, and it comes to rest. */

import { simulateVendor } from "./emulated-simulation.ts";

simulateVendor("azure", 7);
