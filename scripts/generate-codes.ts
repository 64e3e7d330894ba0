/** Writes docs/codes.md, the catalogue of messages; `--check` only tells whether it is up to date. */

import { CODES } from "../src/core/codes.ts";
import { codesMarkdown } from "../src/views/codes-text.ts";
import { writeOrCheck } from "./write-or-check.ts";

if (import.meta.main) writeOrCheck("docs/codes.md", codesMarkdown(CODES), "node scripts/generate-codes.ts");
