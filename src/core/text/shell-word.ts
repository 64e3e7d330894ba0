/** A word as a shell takes it, so that a command in a message can be pasted: plain words bare, others in single quotes. */

export function shellWord(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) && !word.startsWith("#") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
