/** Labels by name, in any case: GitHub, Linear and Azure take `API` and `api` as one label, and show it as it was first written. */

export function hasLabel(labels: readonly string[], label: string): boolean {
  const wanted = label.toLowerCase();
  return labels.some((one) => one.toLowerCase() === wanted);
}

/** Of what the spec says and Canon itself added, the labels that a ticket has, as the spec writes them. */
export function ownLabels(onTicket: readonly string[], spec: readonly string[], added: readonly string[]): readonly string[] {
  const ours = [...spec, ...new Set(added.filter((label) => !hasLabel(spec, label)))];
  return ours.filter((label) => hasLabel(onTicket, label)).sort();
}
