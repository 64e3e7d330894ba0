/** What Canon is measured against: remark-parse with GFM and front matter over every spec of a folder, trees thrown away. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ["yaml", "toml"]).freeze();
const folder = process.argv[2] ?? ".";
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (file.endsWith(".md")) processor.parse(readFileSync(join(folder, file), "utf8"));
}
