/** What an error of the network means: whether the request can have arrived, and what to change. */

import { errorCode } from "../error-code.ts";
import { HttpFailure } from "./http-failure.ts";

/** Errors that come up before a request is on its way. */
const BEFORE_SENDING: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name cannot be looked up now",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
};

const CLOSED: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it signed itself",
  SELF_SIGNED_CERT_IN_CHAIN: "one in its chain signed itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody known here signed it",
  UNABLE_TO_GET_ISSUER_CERT: "its issuer is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is not known here",
  CERT_UNTRUSTED: "it is not trusted here",
  CERT_HAS_EXPIRED: "it has expired (or the clock of this machine is wrong)",
  CERT_NOT_YET_VALID: "it is not valid yet (or the clock of this machine is wrong)",
  ERR_TLS_CERT_ALTNAME_INVALID: "it was made for another host",
};

/** `error` is what `fetch` threw; `deadline` in milliseconds. */
export function networkFailure(error: unknown, url: URL, deadline: number): HttpFailure {
  if (error instanceof HttpFailure) return error;
  const { code, certificate, asked } = lastCause(error);
  const where = url.host;
  const trouble = CERTIFICATE[code];
  if (trouble !== undefined) {
    const named = certificate === null ? "the certificate" : `the certificate ${certificate}`;
    return new HttpFailure("unsent", `${where}: ${named} is refused: ${trouble}.`, {
      hint: "For a company's own authority set CANON_CA_BUNDLE to a file with its certificates (PEM); canon target check names what is in force.",
      cause: error,
    });
  }
  const before = BEFORE_SENDING[code];
  if (before !== undefined && asked !== null && isElsewhere(asked, url)) {
    return new HttpFailure("unsent", `${where} cannot be reached by way of the proxy ${asked.name}: ${before}.`, {
      hint: "Check HTTPS_PROXY and NO_PROXY; canon target check shows what is in force.",
      cause: error,
    });
  }
  if (before !== undefined) {
    return new HttpFailure("unsent", `${where} cannot be reached: ${before}.`, {
      hint: "Check the address and the network; behind a proxy set HTTPS_PROXY and NO_PROXY.",
      cause: error,
    });
  }
  if (isTimeout(error))
    return new HttpFailure("unknown", `${where} gave no answer within ${Math.round(deadline / 100) / 10} s.`, { hint: "Run the command again.", cause: error });
  const how = CLOSED.has(code) ? ": the other side closed it" : code === "" ? "" : ` (${code})`;
  return new HttpFailure("unknown", `The connection to ${where} broke${how}.`, { hint: "Run the command again.", cause: error });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

/** `fetch` wraps what happened in a TypeError that says nothing; several tried addresses come as one error with a list. */
function lastCause(error: unknown): { readonly code: string; readonly certificate: string | null; readonly asked: Asked | null } {
  let at: unknown = error;
  let asked: Asked | null = null;
  let code = "";
  let certificate: string | null = null;
  for (let depth = 0; depth < 8 && at instanceof Error; depth += 1) {
    code = errorCode(at) || code;
    certificate = subjectOf(at) ?? certificate;
    asked = askedOf(at) ?? asked;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return { code, certificate, asked };
}

/** Who was connected to, or looked up, when it failed. */
interface Asked {
  readonly name: string;
  readonly host: string | null;
  readonly port: number | null;
}

/** Node puts it on the errors of connections (address and port) and of names (hostname). */
function askedOf(error: Error): Asked | null {
  if ("hostname" in error && typeof error.hostname === "string") return { name: error.hostname, host: error.hostname, port: null };
  if (!("address" in error) || typeof error.address !== "string" || !("port" in error) || typeof error.port !== "number") return null;
  return { name: `${error.address}:${error.port}`, host: null, port: error.port };
}

/** Somebody else than the address names: then a proxy stands between. */
function isElsewhere({ host, port }: Asked, url: URL): boolean {
  if (host !== null) return host !== url.hostname;
  return port !== Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
}

/** Node puts the peer's certificate on the error that its name check throws. */
function subjectOf(error: Error): string | null {
  if (!("cert" in error) || typeof error.cert !== "object" || error.cert === null || !("subject" in error.cert)) return null;
  const { subject } = error.cert;
  if (typeof subject !== "object" || subject === null || !("CN" in subject) || typeof subject.CN !== "string") return null;
  return subject.CN;
}
