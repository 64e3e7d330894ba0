/** A token → ticket pair kept until its marker is seen in the spec: it prevents a second ticket. */

export interface Claim {
  readonly token: string;
  readonly target: string;
  readonly identity: string;
  readonly key: string;
  readonly id: string;
  readonly path: string;
  readonly section: string;
  readonly title: string;
  /** Fingerprint of the body (`BodyDigest.whole`): finds the section again when it was moved or renamed meanwhile. */
  readonly body: string;
  readonly run: string;
}
