/** Diagnostics about looking tickets up and about targets. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const LOOKUP_CODES = {
  "reference-unclear": {
    summary: "What was typed names no ticket, or names one of a platform that nobody can tell.",
    hint: "Paste the ticket's address, or set default_platform in canon.config.yaml.",
  },
  "reference-foreign": {
    summary: "The address is of a host that no credentials here belong to, so it is not asked.",
    hint: "Add a target with that base_url, or set the credentials of that platform.",
  },
  "lookup-failed": { summary: "The platform did not show the ticket.", hint: "See the message; canon target check tells whether the account may read there." },
  "ticket-archived": { summary: "The ticket is archived: people do not see it in their lists.", hint: "Nothing, unless the work goes on there." },
  "target-check": { summary: "A target cannot be used as it is configured.", hint: "Change what the message names, and run canon target check again." },
} as const;
