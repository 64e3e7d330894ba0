/** What must hold on azure. */

import { vendorLaws } from "./laws.ts";

vendorLaws("azure");
