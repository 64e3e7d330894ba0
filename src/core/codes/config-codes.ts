/** Diagnostics about the configuration and routing. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const CONFIG_CODES = {
  "config-missing": { summary: "No canon.config.yaml was found from the working directory upwards.", hint: "Run canon init, or name one with --config FILE." },
  "config-unreadable": {
    summary: "The configuration file cannot be read as text: too large, not UTF-8, a folder, or without permission.",
    hint: "A configuration is a small UTF-8 file of YAML or JSON.",
  },
  "config-ignored": { summary: "A folder holds several configurations; only the first by name is read.", hint: "Keep one of them." },
  "config-syntax": { summary: "The configuration is not valid YAML or JSON.", hint: "Mend the text at the line and column shown." },
  "config-too-complex": {
    summary: "The configuration nests too deeply, or its aliases stand for too many values.",
    hint: "Write the values out, without aliases.",
  },
  "config-unknown-key": {
    summary: "The configuration has a key that Canon does not know; it would have no effect.",
    hint: "Run canon schema: it lists the keys.",
  },
  "config-value": {
    summary: "A key of the configuration has a value of the wrong kind, or a word that is not among its words.",
    hint: "Run canon schema: it lists the keys and their values.",
  },
  "config-secret": {
    summary: "A secret stands in the configuration, where everybody who can read the repository sees it.",
    hint: "Take it out, revoke it, and put the new one into the environment.",
  },
  "config-no-target": { summary: "The configuration names no tracker.", hint: "Add one: sync: { system: local, project: PAY }" },
  "config-project": {
    summary: "A target names no project, several, or one that its tracker cannot have.",
    hint: "By system: jira and local: a key; linear: a team key or name; github: owner/repo; azure: organisation/project.",
  },
  "config-target-twice": {
    summary: "Two targets are the same project of the same tracker, or have the same name.",
    hint: "Keep one; routing may lead to it by several rules.",
  },
  "config-glob": {
    summary: "A glob is not valid, leaves the folder of the configuration, or names a folder, which matches no file.",
    hint: "Globs are relative, use /, and know *, **, ? and {a,b}.",
  },
  "config-exists": { summary: "There is a configuration already, and canon init never overwrites one.", hint: "Edit the one there is, or remove it first." },
  "config-unwritable": { summary: "A file that canon init makes could not be written.", hint: "Check the permissions of the folder." },
  "route-target-unknown": { summary: "A routing rule leads to a target that is not configured.", hint: "Use a name from ticket_systems, or default for sync." },
  "route-empty": {
    summary: "A routing rule has nothing to match, or mixes default with other keys.",
    hint: "Give it tags, team, owner or path; or default: true alone.",
  },
  "route-unreachable": {
    summary: "A routing rule can never apply, because a rule above it takes everything it would match.",
    hint: "Move it up, or remove it.",
  },
  "route-missing": { summary: "No routing rule matches a spec, and several targets could take it.", hint: "Add a last rule: match: { default: true }." },
  "route-project-unknown": {
    summary: "The ticket_project of a spec names no configured project or target.",
    hint: "Use a project or a target of the configuration.",
  },
} as const;
