/** Diagnostics about adopting tickets that people made. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const ADOPT_CODES = {
  "matches-unreadable": {
    summary: "The file of matches is missing, or cannot be read as comma-separated values in UTF-8.",
    hint: "Make one with canon adopt --suggest --out FILE; in a spreadsheet save it as CSV UTF-8.",
  },
  "matches-column": {
    summary: "The header of a file of matches lacks a column that Canon needs, names one twice, or names one it does not know.",
    hint: "Leave the first line as canon adopt --suggest wrote it: answer, key, ticket title, address, section title, score, why.",
  },
  "matches-answer": {
    summary: "An answer in a file of matches is neither yes nor no.",
    hint: "Write yes or no, or leave the cell empty: an empty one answers nothing.",
  },
  "matches-row": {
    summary: "A row of a file of matches says yes to nothing that is whole: its key or its address is missing, or its cells are shifted.",
    hint: "Give the row a key and an address, or take its answer out.",
  },
  "matches-twice": {
    summary: "A file of matches gives one ticket to two sections, or one section two tickets.",
    hint: "Leave yes on one of the rows.",
  },
  "matches-not-saved": {
    summary: "canon adopt --suggest --out would have written over answers, or over something that is no file of matches.",
    hint: "Name another file; or carry the answers out first with canon adopt --from.",
  },
  "ticket-unknown": {
    summary: "A key names no ticket that its target has and shows to this account.",
    hint: "Check the key; canon adopt --suggest lists the tickets without a section.",
  },
} as const;
