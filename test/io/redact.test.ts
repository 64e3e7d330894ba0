/** Secrets appear nowhere, in whatever form they travel, and ordinary words stay. */

import { fc } from "../harness/property.ts";
import { expect, test } from "vitest";
import { openLog } from "../../src/io/log.ts";
import { makeRedactor, secretsOf } from "../../src/io/redact.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const CANARY = 'c4n"ary/+t0ken&\\';

test.each([
  ["plain", `token ${CANARY} end`],
  ["in JSON", JSON.stringify({ token: CANARY })],
  ["in a URL", `https://x.example/?t=${encodeURIComponent(CANARY)}`],
  ["as the user of a URL", `https://dana:${CANARY}@x.example`],
  ["in a Basic header", `Basic ${Buffer.from(`:${CANARY}`).toString("base64")}`],
  ["in base64", Buffer.from(CANARY).toString("base64")],
])("a known secret %s", (_, text) => {
  const clean = makeRedactor([CANARY])(text);
  for (const form of [CANARY, JSON.stringify(CANARY).slice(1, -1), encodeURIComponent(CANARY), Buffer.from(CANARY).toString("base64").slice(0, 12)])
    expect(clean).not.toContain(form);
  expect(clean).toContain("‹hidden›");
});

test.each([
  ["authorization: Bearer abcdefgh12345678", "authorization: ‹hidden›"],
  ['{"authorization":"Basic ZGFuYTp4eXo="}', '{"authorization":"‹hidden›"}'],
  ["git clone https://dana:s3cret@github.com/a/b", "git clone https://‹hidden›@github.com/a/b"],
  ["proxy http://u:p@proxy:8080 failed", "proxy http://‹hidden›@proxy:8080 failed"],
  ["ghp_0123456789abcdef0123456789abcdef0123 is revoked", "‹hidden› is revoked"],
  ["key lin_api_0123456789abcdef", "key ‹hidden›"],
])("what looks like a secret: %s", (text, clean) => {
  expect(makeRedactor([])(text)).toBe(clean);
});

test.each(["specs/payments.md#key-gen: mail dana@example.com", "https://github.com/a/b/issues/1", "the basic idea of tokens"])(
  "ordinary words stay: %s",
  (text) => {
    expect(makeRedactor(["", "a", "the"])(text)).toBe(text);
  },
);

test("a secret that contains another leaves nothing of itself", () => {
  expect(makeRedactor(["secret1", "secret1-and-more"])("x secret1-and-more y")).toBe("x ‹hidden› y");
});

test("no known secret survives, wherever it stands", () => {
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: "grapheme" }).filter((text) => text.trim().length >= 6 && !"‹hidden›".includes(text.trim()));
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => !makeRedactor([hidden])(`${before} ${hidden} ${after}`).includes(hidden.trim())),
  );
});

test("names of variables tell secrets, with any prefix", () => {
  const env = { JIRA_API_TOKEN: "one", SEC_JIRA_API_TOKEN: "two", LINEAR_API_KEY: "three", AZURE_DEVOPS_PAT: "four", PATH: "five", JIRA_EMAIL: "six" };
  expect(secretsOf(env)).toEqual(["one", "two", "three", "four"]);
});

test("long hostile text is redacted in linear time", () => {
  const redact = makeRedactor([]);
  const began = process.cpuUsage();
  for (const piece of ["a://", "Bearer ", "authorization:", "https://x", "basic "]) redact(piece.repeat(100_000));
  expect(processorTimeSince(began)).toBeLessThan(2_000);
});

test("the log speaks of wanted topics only, redacted, and names an unknown topic once", () => {
  const lines: string[] = [];
  const log = openLog("http, Plan,speed", makeRedactor(["canary-token"]), (line) => void lines.push(line));
  log.say("http", () => "GET /x canary-token");
  log.say("journal", () => {
    throw new Error("not asked");
  });
  expect(log.on("plan")).toBe(true);
  expect(lines).toEqual(["canon: CANON_DEBUG knows http, plan, journal, git and all; not speed\n", "canon http: GET /x ‹hidden›\n"]);
  expect(
    openLog(
      "",
      (text) => text,
      () => undefined,
    ).on("http"),
  ).toBe(false);
  expect(
    openLog(
      "all",
      (text) => text,
      () => undefined,
    ).on("journal"),
  ).toBe(true);
});
