/** The one redactor: every line of a log and every message of an error passes here before it leaves the process. */

export type Redactor = (text: string) => string;

const HIDDEN = "‹hidden›";

/** Shorter values would hide ordinary words. */
const SHORTEST = 6;

/** Names of environment variables that hold secrets, with any prefix (`SEC_JIRA_API_TOKEN`). */
const SECRET_NAME = /(?:TOKEN|API_KEY|APIKEY|SECRET|PASSWORD|PASSWD|PRIVATE_KEY|_PAT)$/i;

/** What secrets look like wherever they come from. Each is bounded by its character class: linear time. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(authorization|proxy-authorization|x-api-key|cookie|set-cookie)(["']?\s*[:=]\s*["']?)[^\r\n"',}]+/gi, `$1$2${HIDDEN}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]{1,500}@/gi, `$1${HIDDEN}@`],
  [/\b(?:gh[pousr]_|github_pat_|lin_api_|lin_oauth_|glpat-|xox[a-z]-|ATATT|ATCTT)[A-Za-z0-9_=.-]{8,}/g, HIDDEN],
];

/** `secrets` are hidden in every form in which they travel: plain, in JSON, in a URL, and in a Basic header. */
export function makeRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set<string>();
  for (const secret of secrets) for (const form of formsOf(secret)) forms.add(form);
  // Longest first: a secret that contains another must not leave its rest behind.
  const known = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const form of known) clean = clean.replaceAll(form, HIDDEN);
    for (const [shape, put] of SHAPES) clean = clean.replace(shape, put);
    return clean;
  };
}

/** Values of all variables whose names say that they are secrets. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && SECRET_NAME.test(name)) found.push(value);
  return found;
}

function formsOf(secret: string): readonly string[] {
  const plain = secret.trim();
  if (plain.length < SHORTEST) return [];
  const json = JSON.stringify(plain).slice(1, -1);
  return [plain, json, encodeURIComponent(plain), base64(plain), base64(`:${plain}`)];
}

/** Without padding, so that the form is found inside a longer value as well. */
function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64").replace(/=+$/, "");
}
