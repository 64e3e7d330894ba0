/** What must hold on jira-cloud. */

import { vendorLaws } from "./laws.ts";

vendorLaws("jira-cloud");
