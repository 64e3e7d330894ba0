/** What a ticket is called on GitHub: `42`, `repo#42` and `owner/repo#42` all name one; `Ticket.key` is the last form. */

export interface Repo {
  readonly owner: string;
  readonly name: string;
}

export interface Place extends Repo {
  readonly number: number;
}

const KEY = /^(?:(?:(?<owner>[\w.-]+)\/)?(?<name>[\w.-]+)#)?(?<number>[1-9]\d{0,9})$/;

/** GraphQL's Int ends here; a larger number is nobody's. */
const LARGEST = 2 ** 31 - 1;

/** null: no key of this tracker. What is left out is the project's. */
export function parseKey(key: string, project: Repo): Place | null {
  const { owner = project.owner, name = project.name, number = "" } = KEY.exec(key)?.groups ?? {};
  const value = Number(number);
  return number === "" || value > LARGEST ? null : { owner, name, number: value };
}

/** Always with owner and repository: two targets of one configuration may both have a 42, and a key that both could own is an error. */
export function keyOf(nameWithOwner: string, number: number): string {
  return `${nameWithOwner}#${number}`;
}

export function nameOf({ owner, name }: Repo): string {
  return `${owner}/${name}`;
}

/** GitHub takes names in any case. */
export function isSameRepo(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** One word for one ticket, however its key was written. */
export function placeWord({ owner, name, number }: Place): string {
  return keyOf(`${owner}/${name}`, number).toLowerCase();
}

/** null: not `owner/repo`. */
export function parseRepo(project: string): Repo | null {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(project.trim()) ?? [];
  return owner === undefined || name === undefined ? null : { owner, name };
}
