/** Diagnostics about planning: what stands between specs and tickets. Codes never change once released. */

export const PLAN_CODES = {
  "too-many-children": {
    summary: "A section has more sections below it than the tracker takes tickets below one; the last of them get no ticket.",
    hint: "Split the section, or set auto_parent: false for the target.",
  },
  "too-deep": {
    summary: "A section lies deeper than the tracker lets tickets nest; it gets no ticket.",
    hint: "Move it up, or leave the level out of hierarchy.",
  },
  "creation-pace": {
    summary: "The tracker limits how many tickets may be created an hour, so the run waits in between.",
    hint: "Let it run, or stop it with ^C and run the command again later: nothing is lost or made twice.",
  },
  "ticket-missing": {
    summary: "A marker names a ticket that the tracker does not have, or that this account may not see.",
    hint: "Correct the key, or give the section a new ticket: canon recreate ADDRESS.",
  },
  "ticket-twice": {
    summary: "Two sections name the same ticket. A ticket belongs to one section, so both stand still.",
    hint: "Take the marker out of the section that was copied.",
  },
  "ticket-copy": {
    summary: "A person copied a ticket, with the mark that says which section it belongs to. The copy is nobody's: it is never written to.",
    hint: "Nothing to do. A ticket for a section of its own begins with a section.",
  },
  "ticket-swallowed": {
    summary: "A comment or code block on a ticket is never closed and swallows what Canon wrote below it, so nobody can tell what was taken away.",
    hint: "Close it on the ticket; or let the spec stand: canon resolve ADDRESS --keep spec.",
  },
  "token-twice": {
    summary: "Two tickets carry the create token of one section: both were made for it.",
    hint: "Close one of them, and put the key of the other under the section's heading.",
  },
  "adopt-refused": {
    summary: "The ticket cannot become the section's: one of them belongs elsewhere already, or the ticket is not there.",
    hint: "Check the key and the address; canon adopt --suggest lists what is free on both sides.",
  },
  "recreate-refused": {
    summary: "A section gets no new ticket in place of its own, because that is there, or nobody can say that it is not.",
    hint: "canon show ADDRESS tells which ticket it has; canon recreate is only for a section whose ticket is gone.",
  },
  "tombstone-refused": {
    summary: "A tombstone (`removed:… close|forget`) asks for what Canon does not do with that ticket.",
    hint: "Correct the tombstone or take it out; the message says what stands against it.",
  },
  "tombstone-ticketless": {
    summary: "A tombstone names a ticket that the tracker does not have, or that this account may not see.",
    hint: "Correct the key; or take the tombstone out, if the ticket is gone for good.",
  },
  "undo-kept": {
    summary: "A ticket that the run created is left as it is, because somebody has touched it since, or nobody can say that nobody did.",
    hint: "Close it by hand if it should go; a tombstone in the spec gives it back.",
  },
  "undo-writes": {
    summary: "The run also wrote to tickets that were there before; undo takes back only what it created.",
    hint: "Change the specs back and run canon apply to change those tickets back.",
  },
  "move-refused": {
    summary: "A section does not move to another target: it has nothing to move, is there already, or its ticket must be looked at first.",
    hint: "The message says what stands in the way.",
  },
  "move-leaves-children": {
    summary: "Sections below one that moves keep their tickets where they are, because nobody asked to move them.",
    hint: "Name their addresses too, if they shall move; they stand without a parent there until they do.",
  },
  "accept-refused": {
    summary: "A ticket gets no section of its own: it is some section's already, or there is no place for it.",
    hint: "The message says what stands in the way.",
  },
  "key-ambiguous": {
    summary: "A key that was typed could be a ticket of several targets.",
    hint: "Say which with --target NAME.",
  },
  "ignore-refused": {
    summary: "A ticket cannot be left alone by a label, because it is some section's ticket, or not there.",
    hint: "canon skip ADDRESS leaves a section and its ticket alone.",
  },
  "discovery-partial": {
    summary: "Tickets that people made beside ours could not all be read, so nobody is asked about them in this plan.",
    hint: "See the message for what the tracker said; a wrong `inbox` query is corrected in the configuration.",
  },
  "ticket-left": {
    summary: "Somebody moved a ticket to a project that the configuration does not know; it is still found under its old key.",
    hint: "Add a target for that project, or have the ticket moved back.",
  },
  "ticket-elsewhere": {
    summary: "The ticket of a marker is managed by another repository or configuration (another `id:`).",
    hint: "Let one workspace manage it; if this is the same one, give `id:` its old value.",
  },
  "marker-without-target": {
    summary: "A ticket marker names a project that no target of the configuration has.",
    hint: "Add the target to ticket_systems, or correct the marker.",
  },
  "marker-ambiguous": {
    summary: "A ticket marker's key could belong to two targets.",
    hint: "Write the key in its long form (owner/repo#42), or take one target out.",
  },
  "no-specs": {
    summary: "No file matches the patterns of specs.include, so there is nothing to plan.",
    hint: "Mend specs.include in the configuration, or write the first spec there.",
  },
  "criterion-homeless": {
    summary: "A criterion belongs to no section that gets a ticket, so no ticket shows it.",
    hint: "Move it under the section it is about, or give `spec:` a type in hierarchy.",
  },
  "nesting-refused": {
    summary: "The tracker does not take a ticket of this type in this place; the nearest type it allows is used.",
    hint: "Change the heading's depth or the hierarchy if another type should serve.",
  },
  "title-cut": {
    summary: "A title is longer than the tracker takes; its ticket carries the beginning.",
    hint: "Shorten the heading; the text below it has no such limit.",
  },
  "body-too-long": {
    summary: "The text of a section is longer than the tracker takes.",
    hint: "Split the section with headings that become tickets of their own.",
  },
  "parent-selected": {
    summary: "A section was planned although nobody asked for it, because one below it needs it as its parent.",
    hint: "Nothing to do; exclude the child as well if the parent should wait.",
  },
  "parent-stopped": {
    summary: "A section waits because the section around it is stopped by a question or an error, or its ticket has a type that takes none below it.",
    hint: "Answer that first; convert the ticket around it in the tracker.",
  },
  "parent-elsewhere": {
    summary: "The section around this one has its ticket in another target, so the two cannot be nested.",
    hint: "Nothing to do: where the tracker above has pages, its ticket is linked to that one. Route both to one target if they should be nested.",
  },
  "tracker-unreachable": {
    summary: "A target could not be asked, so nothing is planned for it.",
    hint: "Run the command again; canon target check tells more.",
  },
  "workspace-unnamed": {
    summary: "Nothing tells this workspace's tickets from another's: there is neither an id: nor a git remote.",
    hint: "Give the configuration an id:, such as the name of the repository.",
  },
  "branch-not-default": {
    summary: "Tickets follow merged specs, and this is not the default branch, or not its tip.",
    hint: "Preview with canon plan; write anyway with --any-branch.",
  },
  "mass-create": {
    summary: "The plan creates more tickets in a target than limits.create allows without a word.",
    hint: "Type the number when asked, or give --allow-mass-create=N with exactly that number.",
  },
  "mass-close": {
    summary: "The plan closes more tickets in a target than limits.close (or 20 %) allows without a word.",
    hint: "Type the number when asked, or give --allow-mass-close=N with exactly that number.",
  },
  "spec-not-written": {
    summary: "A marker could not be written into a spec.",
    hint: "The message says why; nothing of the file was changed.",
  },
  "address-unknown": {
    summary: "An address names no section that Canon knows.",
    hint: "canon list shows every address.",
  },
  "target-unknown": {
    summary: "--target names no target of the configuration.",
    hint: "Use one of the names that the message lists.",
  },
} as const;
