/** The tables of the local tracker's file, their versions, and how an older file becomes a newer one. */

/** "CANO": tells a Canon file from any other SQLite database. */
export const APPLICATION_ID = 0x43414e4f;

/** Step n leads from version n to n + 1; a released step never changes. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE project (
    key TEXT PRIMARY KEY,
    counter INTEGER NOT NULL,
    shape TEXT NOT NULL,
    behaviour TEXT NOT NULL
  ) STRICT;

  CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL REFERENCES project(key),
    number INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    labels TEXT NOT NULL,
    parent TEXT REFERENCES ticket(id) ON DELETE SET NULL,
    body TEXT NOT NULL,
    base TEXT,
    token TEXT,
    extra TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    archived INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ticket_number ON ticket(project, number);
  CREATE INDEX ticket_parent ON ticket(parent);
  -- Not unique: two creates with one token are what happens on trackers without client ids.
  CREATE INDEX ticket_token ON ticket(token, number);

  -- Keys a ticket had before it was moved: they lead to it for good.
  CREATE TABLE former_key (
    key TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    ticket TEXT NOT NULL REFERENCES ticket(id) ON DELETE CASCADE
  ) STRICT;

  CREATE TABLE comment (
    seq INTEGER PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
    note TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (ticket, note)
  ) STRICT;

  CREATE TABLE link (
    seq INTEGER PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (ticket, url)
  ) STRICT;

  CREATE TABLE edit (
    seq INTEGER PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX edit_ticket ON edit(ticket);

  -- What tickets were like until a moment, kept only while reads lag behind writes. A null state: it did not exist.
  CREATE TABLE version (
    seq INTEGER PRIMARY KEY,
    ticket TEXT NOT NULL,
    until TEXT NOT NULL,
    state TEXT
  ) STRICT;

  CREATE TABLE fault (
    seq INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    operation TEXT NOT NULL,
    nth INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ms INTEGER NOT NULL
  ) STRICT;

  -- Requests on their way: carried out by whoever opens the file after their time.
  CREATE TABLE pending (
    seq INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    due TEXT NOT NULL,
    author TEXT NOT NULL,
    request TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Tickets of people below others: few, and every plan asks for them.
  CREATE INDEX ticket_unmarked ON ticket(project, parent) WHERE base IS NULL AND token IS NULL AND parent IS NOT NULL;
  `,
];

export const SCHEMA_VERSION: number = STEPS.length;

/** The statements that bring a file of `version` up to date. */
export function migration(version: number): string {
  return `${STEPS.slice(version).join("\n")}\nPRAGMA application_id = ${APPLICATION_ID};\nPRAGMA user_version = ${SCHEMA_VERSION};`;
}
