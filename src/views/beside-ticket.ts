/** A message as it stands beside its ticket: trackers begin with the key, or a new ticket's title, so that it is whole anywhere else. */

export function besideTicket(message: string, key: string | null, title: string): string {
  const start = [`${key ?? ""}: `, `"${title}": `].find((one) => one !== ": " && message.startsWith(one));
  if (start === undefined) return message;
  const words = message.slice(start.length);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
