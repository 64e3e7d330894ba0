/** What must hold on linear. */

import { vendorLaws } from "./laws.ts";

vendorLaws("linear");
