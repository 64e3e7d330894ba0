/** Proxy and certificates of this process: taken from the environment once, before the first request. */

import { readFileSync } from "node:fs";
import * as http from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { errorCode } from "../error-code.ts";
import { HttpFailure } from "./http-failure.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is in force, for people. */
export interface NetworkSettings {
  /** The file of CANON_CA_BUNDLE and how many certificates it adds; null where it is not set. */
  readonly authorities: { readonly file: string; readonly count: number } | null;
  /** The proxy for https, without user and password; null where there is none. */
  readonly proxy: string | null;
  readonly noProxy: string | null;
}

let prepared: string | null = null;

/** Throws HttpFailure when the bundle cannot be used. Doing it twice with the same environment does nothing. */
export function prepareNetwork(env: Environment): NetworkSettings {
  const file = named(env, "CANON_CA_BUNDLE");
  const proxy = named(env, "HTTPS_PROXY") ?? named(env, "https_proxy") ?? named(env, "HTTP_PROXY") ?? named(env, "http_proxy");
  const noProxy = named(env, "NO_PROXY") ?? named(env, "no_proxy");
  const certificates = file === null ? [] : certificatesOf(file);
  const settings: NetworkSettings = {
    authorities: file === null ? null : { file, count: certificates.length },
    proxy: proxy === null ? null : withoutUser(proxy),
    noProxy,
  };
  const key = JSON.stringify([file, proxy, noProxy]);
  if (prepared === key) return settings;
  prepared = key;
  if (certificates.length > 0) setDefaultCACertificates([...getCACertificates("default"), ...certificates]);
  if (proxy !== null) setProxy(env);
  return settings;
}

function named(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function certificatesOf(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new HttpFailure("unsent", `CANON_CA_BUNDLE names ${file}, which cannot be read (${errorCode(error)}).`, {
      hint: "Give the path of a file with certificates in PEM form.",
      cause: error,
    });
  }
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new HttpFailure("unsent", `CANON_CA_BUNDLE names ${file}, which holds no certificate.`, {
      hint: "It must hold certificates in PEM form: lines that begin with -----BEGIN CERTIFICATE-----.",
    });
  }
  return certificates;
}

function withoutUser(proxy: string): string {
  const url = URL.parse(proxy);
  return url === null ? "(an address that cannot be read)" : url.origin;
}

/** Node 24.14 and later; an older one would go around the proxy in silence. */
function setProxy(env: Environment): void {
  if (typeof http.setGlobalProxyFromEnv !== "function") {
    throw new HttpFailure("unsent", `A proxy is set, and Node ${process.versions.node} cannot use one.`, {
      hint: "Use Node 24.14 or newer, or unset HTTPS_PROXY.",
    });
  }
  const proxyEnvironment: Record<string, string> = {};
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]) {
    const value = named(env, name);
    if (value !== null) proxyEnvironment[name] = value;
  }
  http.setGlobalProxyFromEnv(proxyEnvironment);
}
