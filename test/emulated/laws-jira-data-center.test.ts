/** What must hold on jira-data-center. */

import { vendorLaws } from "./laws.ts";

vendorLaws("jira-data-center");
