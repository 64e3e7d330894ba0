/** What programs keep on tickets where people do not see it: tests read it, and lose it. */

export interface EmulatedStorage {
  /** The text in its stored form, with what is hidden in it. */
  text(key: string): string;
  /** What a program stored under this name (a property, an address or how it begins); null: nothing. */
  stored(key: string, name: string): unknown;
  /** Takes it away, as an import or another program does. */
  lose(key: string, name: string): void;
}
