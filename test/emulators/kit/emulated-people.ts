/** What people do in a vendor's own interface: the same for every emulator, so that one exam and one simulation serve all. */

export interface EmulatedTicketInput {
  readonly title: string;
  /** In the tracker's own form (ADF as JSON, wiki markup, Markdown, HTML). */
  readonly body?: string;
  readonly type?: string;
  readonly parent?: string;
  readonly status?: string;
  readonly labels?: readonly string[];
}

/** Every method acts as a person named `name`, through the vendor's editor (text is rewritten as that editor does), and answers the ticket's key. */
export interface EmulatedPeople {
  readonly name: string;
  /** The keys of the project that are not archived, in the order of their creation. */
  keys(): readonly string[];
  create(input: EmulatedTicketInput): string;
  edit(key: string, edit: { readonly title?: string; readonly body?: string; readonly type?: string; readonly parent?: string | null }): string;
  /** To any status, whatever the workflow says. */
  move(key: string, status: string): string;
  label(key: string, add: readonly string[], remove: readonly string[]): string;
  comment(key: string, text: string): string;
  /** Gives the newest comment other words, whoever wrote it; what its author does not see in the editor stays. */
  reword(key: string, text: string): string;
  /** Comments with all that the newest comment of `from` carries and a stranger can copy. */
  mimic(key: string, from: string): string;
  archive(key: string): string;
  /** Takes it away for good. */
  remove(key: string): string;
  /** To another project that the account sees; answers the new key. */
  transfer(key: string): string;
  /** Copies it as the vendor does: labels, links, properties and hidden text included. */
  duplicate(key: string): string;
  /** Makes the ticket invisible to Canon's account, or visible again. */
  hide(key: string, hidden: boolean): string;
  /** What the ticket looks like to a person, for golden files. */
  show(key: string): EmulatedTicketView;
}

export interface EmulatedTicketView {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly type: string | null;
  readonly status: string;
  readonly parent: string | null;
  readonly labels: readonly string[];
  readonly comments: readonly string[];
  readonly links: readonly string[];
}
