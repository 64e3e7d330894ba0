/** Says where a link or image written by a stranger may lead: to the web, to a mailbox, or beside the spec. */

/** Bytes before the first slash that could hide a scheme: its colon, or an entity or escape that stands for one. */
const RELATIVE = /^(?:[/?#.]|[^:&\\]*(?:[/?#]|$))/;

/** `destination` as it stands in the source, or as the parser read it: both say yes only to what is plainly one of these. */
export function isSafeDestination(destination: string): boolean {
  return /^(?:https?|mailto):/i.test(destination) || RELATIVE.test(destination);
}

/** An image from elsewhere tells its owner who reads the spec, and when. */
export function isRemote(destination: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(destination) || !isSafeDestination(destination);
}
