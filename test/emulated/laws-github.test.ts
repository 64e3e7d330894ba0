/** What must hold on github. */

import { vendorLaws } from "./laws.ts";

vendorLaws("github");
