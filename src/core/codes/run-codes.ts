/** Diagnostics about runs: locks, journals, saved plans, files. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const RUN_CODES = {
  "plan-stale": {
    summary: "The saved plan no longer fits: a section, a marker, the configuration or a ticket changed since.",
    hint: "Run canon plan again and read the new one.",
  },
  "forge-missing": { summary: "canon bot was started outside of a clone of a repository.", hint: "Check the repository out, and run canon bot in it." },
  "forge-refused": {
    summary: "The code host refused a request: it needs a permission, does not know the repository, or takes no such thing.",
    hint: "docs/bot.md lists the permissions of every command; the message names what was refused.",
  },
  "forge-unreachable": {
    summary: "The code host does not answer, or does not accept the credentials.",
    hint: "Check GITHUB_TOKEN and the network, then run the command again: it goes on where it stopped.",
  },
  "journal-damaged": {
    summary: "A line of a run's journal is not as it was written, so what that run created is not known for sure.",
    hint: "Restore the file from a backup, or compare its last lines with the tracker and move it away.",
  },
  "claims-damaged": {
    summary: "A line of .canon/state/claims.jsonl is not as it was written; it keeps tickets from being created twice.",
    hint: "Restore the file from a backup, or remove it once canon plan proposes no section that already has a ticket.",
  },
  "state-folder": {
    summary: ".canon or a folder in it is a symbolic link or no folder; Canon keeps its state inside the workspace.",
    hint: "Move it away; Canon makes the folder itself.",
  },
  "lock-unusable": {
    summary: "The lock of the workspace cannot be taken, for another reason than a run that holds it.",
    hint: "Check that .canon/state is a folder you may write to, on a local disk.",
  },
  locked: {
    summary: "Another run is writing in this workspace, or to this target.",
    hint: "Wait until it is done; if it hangs, end that run; canon lock show tells more.",
  },
  "lease-changed": {
    summary: "Another run wrote to the target between the plan and the yes, so the plan may no longer fit.",
    hint: "Run the same command again; it plans anew.",
  },
  "lease-lost": {
    summary: "A run's lease on a target ran out or was broken, and another run has it: nothing more was sent.",
    hint: "Run the same command again once the other run is done.",
  },
  "lease-local": {
    summary: "The remote takes no leases from here, so only runs in this very clone exclude each other.",
    hint: "Allow pushes to refs/canon/lock/*, or to branches canon/lock/*; or write lock: local into the configuration.",
  },
  "lease-refused": {
    summary: "The remote takes no leases from this account, and in CI nobody would see that several runs write at once.",
    hint: "Give the job the permission to push (GitHub: permissions: contents: write), or write lock: local into the configuration.",
  },
  "lease-unreachable": {
    summary: "The remote that holds the lease of a target did not answer, so nobody knows whether another run is writing.",
    hint: "Try again when it answers; or write lock: local into the configuration.",
  },
  "lease-damaged": {
    summary: "What stands where the lease of a target should be cannot be read.",
    hint: "Use the version of Canon that wrote it, or remove the reference once canon plan proposes no section that already has a ticket.",
  },
  "lease-unwritable": { summary: "git could not write a lease into this clone.", hint: "Check that the clone's .git folder is writable and has room." },
  "lease-remote": {
    summary: "The configuration says lock: git, and there is no git remote to keep a lease in.",
    hint: "Add a remote, or write lock: local.",
  },
  "branch-behind": {
    summary: "Specs on this checkout are not what the default branch holds, so tickets do not follow them.",
    hint: "Preview with canon plan; write anyway with --any-branch.",
  },
  "branch-unpushed": {
    summary: "Specs were applied that nobody else can see yet: changes that are not committed or not pushed.",
    hint: "Commit and push them; until then other checkouts of the old specs are held as behind.",
  },
  "branch-shallow": {
    summary: "This clone has only part of the history, so bases from older commits are not judged, nor are orphans.",
    hint: "git fetch --unshallow",
  },
  "branch-no-remote": {
    summary: "The repository has no remote, so no branch can be told to be the default one.",
    hint: "Nothing to do while you work alone; add a remote before others apply.",
  },
  "git-missing": { summary: "The workspace is a git repository and git itself cannot be run.", hint: "Install git, or put it into PATH." },
  "file-changed": {
    summary: "A spec was changed while it was being applied, so its marker waits.",
    hint: "Run the same command again: the ticket is known, and only the marker is written.",
  },
  "file-read-only": { summary: "A spec cannot be written, so its marker waits.", hint: "Make it writable and run the same command again." },
  "disk-full": {
    summary: "A file could not be written because the disk is full; nothing of it was written.",
    hint: "Make room and run the same command again.",
  },
  "file-refused": {
    summary: "The system does not let Canon read or write a file or folder.",
    hint: "Check the path and its permissions, then run the same command again.",
  },
  "demo-exists": { summary: "canon demo writes into an empty folder only, and this one holds files.", hint: "Remove the folder, or run canon demo elsewhere." },
  "plan-unreadable": { summary: "A plan file is missing, or is not a plan.", hint: "Make one with canon plan --out FILE." },
  "plan-not-saved": {
    summary: "canon plan --out would have written over something that is not a plan, or could not write.",
    hint: "Name another file, or remove the one there is.",
  },
  "plan-newer": { summary: "A plan file was written by a newer Canon.", hint: "Use that version of Canon, or make the plan again with this one." },
  "plan-altered": {
    summary: "A plan file was altered by hand: its digest no longer fits what it says.",
    hint: "Make it again with canon plan --out FILE; select with addresses, --exclude and --target instead.",
  },
  "node-too-old": {
    summary: "The Node that runs Canon is too old for it, or cannot be started.",
    hint: "Upgrade Node; in a clone of Canon, npm ci brings one of its own.",
  },
  "packages-missing": {
    summary: "A package that Canon needs is not installed beside it.",
    hint: "Run npm ci in the folder of Canon, or install Canon again.",
  },
  usage: {
    summary: "A command line that Canon does not understand, or that needs an answer nobody can give without a terminal.",
    hint: "canon COMMAND --help shows what it takes.",
  },
  bug: {
    summary: "Canon met a case that it does not handle. This is a mistake in Canon, not in your specs.",
    hint: "Run it again with CANON_DEBUG=1 and report what it prints.",
  },
} as const;
