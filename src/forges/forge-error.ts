/** What can go wrong between Canon and a code host; made only in `*-client.ts` and `forge-names.ts`, told apart by `kind`, never by text. */

import { RemoteError, type RemoteErrorKind } from "../io/http/remote-error.ts";

export type ForgeErrorKind = RemoteErrorKind;

export class ForgeError extends RemoteError {}
