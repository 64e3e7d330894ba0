/** Diagnostics about specs: files, headings, front matter and markers. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const SPEC_CODES = {
  "spec-not-utf8": { summary: "A spec holds bytes that are not UTF-8.", hint: "Convert the file to UTF-8; Canon never guesses an encoding." },
  "spec-too-large": { summary: "A spec is larger than 16 MB, more than anybody reads.", hint: "Split the file, or leave it out with specs.exclude." },
  "spec-unreadable": { summary: "A spec is missing, is no file, or may not be read.", hint: "Check the path and its permissions." },
  "spec-outside": {
    summary: "A spec lies outside the workspace, or is reached by a symbolic link.",
    hint: "Name the real file inside the workspace; Canon never follows links.",
  },
  "spec-conflict-marks": { summary: "A spec holds the marks of an unfinished git merge.", hint: "Finish the merge, then run the command again." },
  "front-matter-broken": {
    summary: "The front matter of a spec cannot be read, so Canon cannot know whether and where the file is wanted.",
    hint: "Correct the YAML between the --- lines.",
  },
  "front-matter-value": {
    summary: "A key of the front matter has a value that Canon cannot use.",
    hint: "Canon reads title, status, owner, team, tags, ticket_project and sync.",
    example: "title: Payments\nstatus: in_progress\ntags: [billing]\nsync: true",
  },
  "front-matter-toml": { summary: "A spec has TOML front matter, which is not read.", hint: "Write it as YAML between --- lines." },
  "marker-broken": {
    summary: "A comment looks like a marker but cannot be read as one.",
    hint: "Write it alone on its line, and percent-encode unusual characters in values.",
    example: "<!-- canon:ticket:jira:PAY-143 -->\n<!-- canon:system:key-gen status:done -->",
  },
  "marker-unknown": { summary: "A marker has a keyword or an attribute that Canon does not know; it is kept as it is.", hint: "Check the spelling." },
  "marker-misplaced": { summary: "A marker stands in the text instead of under a heading.", hint: "Move it directly under the heading of its section." },
  "marker-repeated": { summary: "A section carries the same marker twice.", hint: "Delete one of the two lines." },
  "marker-conflict": { summary: "The markers of one section contradict each other.", hint: "A section has one ticket and one id: delete the wrong line." },
  "id-twice": { summary: "Two sections of a file carry the same id in their markers.", hint: "Delete the marker lines of the copy; it gets an id of its own." },
  "ticket-twice": { summary: "Two sections carry the same ticket.", hint: "Delete the ticket marker of the copy; it gets a ticket of its own." },
  "splice-refused": {
    summary: "Writing into a spec would have changed more than was meant, or not what was meant, so nothing was written.",
    hint: "Look at what stands around the heading; an unclosed comment or code block is the usual cause. Otherwise make the change by hand.",
  },
} as const;
