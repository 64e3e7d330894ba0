/** Names targets as people do: "jira ENG". */

interface Named {
  readonly name: string;
  readonly system: string;
  readonly project: string;
}

/** System and project; the configured name joins only where two targets would read the same. */
export function targetLabels(targets: readonly Named[]): ReadonlyMap<string, string> {
  const plain = targets.map((target) => `${target.system} ${target.project}`);
  return new Map(
    targets.map((target, index) => {
      const label = plain[index] ?? target.name;
      return [target.name, plain.indexOf(label) === plain.lastIndexOf(label) ? label : `${label} (${target.name})`] as const;
    }),
  );
}
