/** What can go wrong between Canon and a tracker; made only in `*-client.ts`, told apart by `kind`, never by text. */

import { RemoteError, type RemoteErrorKind } from "../io/http/remote-error.ts";

export type TrackerErrorKind = RemoteErrorKind;

export class TrackerError extends RemoteError {}
