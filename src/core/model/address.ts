/** The name of a section that people type and read: `specs/payments.md#key-gen`. */

/** `path` is relative to the workspace root, with `/`. `id` is unique within its file; "" names the document itself. */
export interface Address {
  readonly path: string;
  readonly id: string;
}
