/** The one comment of the bot on a pull request: found by the id that is remembered, else among its own, and edited in place. */

import type { Comment, Forge } from "../../forges/forge.ts";

/** Tells the bot's comments apart from each other, never from those of other people: for that the author counts. */
const SIGN = "<!-- canon:bot:plan -->";

/** Answers its id. `id`: what is remembered; null: nothing is, or it is gone. */
export async function keepComment(forge: Forge, number: number, id: string | null, text: string, account: string): Promise<string> {
  const body = `${SIGN}\n${text}`;
  const found = (await remembered(forge, id, account)) ?? (await ownComment(forge, number, account));
  if (found === null) return (await forge.comment(number, body)).id;
  if (found.body !== body) await forge.editComment(found.id, body);
  return found.id;
}

/** Threat 7: an id that is somebody else's comment by now is not edited. */
async function remembered(forge: Forge, id: string | null, account: string): Promise<Comment | null> {
  const comment = id === null ? null : await forge.readComment(id);
  return comment?.author === account ? comment : null;
}

/** After a crash between the comment and the memory of it. */
export async function ownComment(forge: Forge, number: number, account: string): Promise<Comment | null> {
  const comments = await forge.comments(number);
  return comments.find(({ author, body }) => author === account && body.startsWith(SIGN)) ?? null;
}
