/** Writes 2,000 sections under generated/, the same ones each time: a monorepo large enough to feel slow tools. Needs Node 22.18 or newer (`npx node generate.ts`). */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const AREAS = ["Accounts", "Billing", "Catalogue", "Delivery", "Exports", "Fraud", "Gateways", "Health", "Imports", "Jobs"] as const;
const VERBS = ["Create", "Read", "Change", "Archive", "Search", "Share", "Audit", "Limit", "Notify", "Restore"] as const;
const FILES = 40;
const EPICS = 5;
const STORIES = 9;

function story(file: number, epic: number, number: number): string {
  const verb = VERBS[(file + epic + number) % VERBS.length];
  return [
    `### ${epic}.${number} ${verb} record ${file * 100 + epic * 10 + number}`,
    "",
    `A person with the right to do so can ${verb?.toLowerCase()} it within two seconds.`,
    "",
    "- [ ] It works without a mouse",
    `- [ ] Number ${number} of ${STORIES} is in the audit log`,
    "",
  ].join("\n");
}

function epic(file: number, number: number): string {
  const stories = Array.from({ length: STORIES }, (_, index) => story(file, number, index + 1));
  return [`## ${number} Part ${number}`, "", "- [ ] All stories below are released", "", ...stories].join("\n");
}

function spec(file: number): string {
  const area = AREAS[file % AREAS.length];
  const epics = Array.from({ length: EPICS }, (_, index) => epic(file, index + 1));
  return [`---\ntitle: ${area} ${file + 1}\nstatus: todo\nteam: team-${(file % 4) + 1}\ntags: [generated]\n---\n`, `# ${area} ${file + 1}\n`, ...epics].join(
    "\n",
  );
}

const folder = join(import.meta.dirname, "generated");
mkdirSync(folder, { recursive: true });
for (let file = 0; file < FILES; file++) writeFileSync(join(folder, `area-${String(file + 1).padStart(2, "0")}.md`), spec(file));
console.log(`${FILES * EPICS * (STORIES + 1)} sections in ${FILES} files under ${folder}`);
