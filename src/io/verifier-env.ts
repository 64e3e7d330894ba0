/** The environment a verifier runs in: enough to find its tools, and no credential of any tracker or forge. */

import { CREDENTIAL_NAMES } from "./credentials.ts";
import { makeRedactor, secretsOf } from "./redact.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is not named here stays out. The second row is what programs on Windows cannot start without. */
const ALLOWED = new Set([...["PATH", "HOME", "LANG", "TMPDIR", "CI"], ...["PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "TEMP", "TMP", "USERPROFILE"]]);

const ALLOWED_PREFIXES = ["LC_", "CANON_"] as const;

const CREDENTIALS = Object.values(CREDENTIAL_NAMES).flat();

export function verifierEnv(env: Environment): Record<string, string> {
  const redact = makeRedactor(secretsOf(env));
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !isAllowed(name.toUpperCase()) || isCredential(name)) continue;
    // A harmless name may still carry a secret: a URL with a password, or a copy of a token.
    if (redact(value) === value) kept[name] = value;
  }
  return kept;
}

function isAllowed(name: string): boolean {
  return ALLOWED.has(name) || ALLOWED_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** `CANON_` may be a target's `env_prefix` too. */
function isCredential(name: string): boolean {
  return secretsOf({ [name]: "x" }).length > 0 || CREDENTIALS.some((credential) => name.toUpperCase().endsWith(credential));
}
