/** Opens sessions: reads that write nothing and make no file, writes that are whole; late requests land before either. */

import { canonicalJson } from "../../core/canonical-json.ts";
import type { LocalClient, Sql } from "./local-client.ts";
import { numberOf, textOf } from "./local-map.ts";
import type { LocalOptions } from "./local-options.ts";
import { deliverDue, hasDue } from "./local-pending.ts";
import { DEFAULT_BEHAVIOUR, DEFAULT_SHAPE } from "./local-project.ts";
import type { WrittenBy } from "./local-rewrites.ts";
import type { LocalSession } from "./local-session.ts";
import { parseBehaviour, parseShape } from "./local-wire.ts";

export interface LocalStore {
  /** On a missing file or project, `work` sees an empty one. */
  read<T>(work: (session: LocalSession) => T): T;
  write<T>(work: (session: LocalSession) => T): T;
  end(): void;
}

export function localStore(client: LocalClient, options: LocalOptions, by: WrittenBy, lost: ReadonlySet<string> = new Set()): LocalStore {
  const session = (sql: Sql): LocalSession => {
    const { project, parser, author, now } = options;
    const row = sql.get("SELECT counter, shape, behaviour FROM project WHERE key = ?", project);
    const known = row && { counter: numberOf(row, "counter"), shape: parseShape(textOf(row, "shape")), behaviour: parseBehaviour(textOf(row, "behaviour")) };
    return {
      sql,
      project,
      lost,
      parser,
      author,
      by,
      now: now().toISOString(),
      ...(known ?? { counter: 0, shape: DEFAULT_SHAPE, behaviour: DEFAULT_BEHAVIOUR }),
    };
  };
  const write = <T>(work: (session: LocalSession) => T): T =>
    client.write((sql) => {
      sql.run(
        "INSERT INTO project (key, counter, shape, behaviour) VALUES (?, 0, ?, '{}') ON CONFLICT DO NOTHING",
        options.project,
        canonicalJson(DEFAULT_SHAPE),
      );
      deliverDue(session(sql));
      return work(session(sql));
    });
  const read = <T>(work: (session: LocalSession) => T): T => {
    // Requests that were under way land before anybody looks.
    if (client.read((sql) => hasDue(sql, options.project, options.now().toISOString())) === true) write(() => null);
    const found = client.read((sql) => ({ value: work(session(sql)) }));
    return found ? found.value : work(session(NOTHING));
  };
  return { read, write, end: () => client.end() };
}

/** A file that does not exist holds no rows. */
const NOTHING: Sql = {
  all: () => [],
  map: () => [],
  get: () => undefined,
  run: () => {
    throw new Error("a read must not write");
  },
};
