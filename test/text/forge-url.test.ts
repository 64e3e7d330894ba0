/** Links from a ticket to the spec's files, per forge. */

import { expect, it } from "vitest";
import { filesUrl } from "../../src/core/text/forge-url.ts";

it.each([
  ["github.com/acme/pay", "", "https://github.com/acme/pay/blob/HEAD"],
  ["github.com/acme/pay", "services/pay it/", "https://github.com/acme/pay/blob/HEAD/services/pay%20it"],
  ["gitlab.example.com/a/b/c", "", "https://gitlab.example.com/a/b/c/-/blob/HEAD"],
  ["bitbucket.org/a/b", "", "https://bitbucket.org/a/b/src/HEAD"],
  ["/srv/git/pay.git", "", null],
  ["localhost/pay", "", null],
] as const)("%s %s", (remote, prefix, url) => {
  expect(filesUrl(remote, prefix)).toBe(url);
});
