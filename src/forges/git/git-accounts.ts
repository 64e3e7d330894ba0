/** Which account a commit is of: the plain-git forge knows its people by an e-mail that names them. */

const DOMAIN = "@accounts.localhost";

/** What may stand in a commit's author line and in a file name. */
export function isAccount(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98})(?:\[bot\])?$/.test(name);
}

export function emailOf(account: string): string {
  return `${account}${DOMAIN}`;
}

/** The account, or the e-mail as it is where it is of nobody known. */
export function accountOf(email: string): string {
  return email.endsWith(DOMAIN) ? email.slice(0, -DOMAIN.length) : email;
}
