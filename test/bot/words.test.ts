/** What the bot says, word by word, and that text of strangers does nothing in it (threats 1–6). */

import { describe, expect, it } from "vitest";
import { aPlan } from "../views/plan-builder.ts";
import { changesBySpec } from "../../src/core/bot/propose.ts";
import { readProposalSign } from "../../src/core/bot/proposal-sign.ts";
import type { Change, FieldChange } from "../../src/core/model/plan.ts";
import { BOT_WORDS } from "../../src/views/bot-words.ts";

const criteria = (spec: readonly string[], live: readonly string[]): FieldChange => ({
  ...{ field: "criteria", verdict: "pull", base: spec, spec, live, by: "M. Chen", at: "2026-01-04T10:00:00.000Z" },
});

function change(live: string, key = "PAY-1"): Change {
  return {
    ...{ digest: key, action: "pull", reason: "ticket-edited", target: "main", address: "specs/payments.md#refunds", from: null, key, type: "Story" },
    ...{ title: "Refunds", parent: null, token: "t", itemHash: "h", fields: [], held: [], guards: [], after: [], splice: null },
    pulled: [criteria(["[ ] within 14 days"], ["[x] within 14 days", `[ ] ${live}`])],
    edits: [{ path: "specs/payments.md", line: 5, before: ["- [ ] within 14 days"], after: ["- [x] within 14 days", `- [ ] ${live}`] }],
  };
}

const found = (...changes: readonly Change[]): ReturnType<typeof changesBySpec>[number] => {
  const [first] = changesBySpec({ changes });
  if (first === undefined) throw new Error("nothing was found");
  return first;
};

const EMPTY = aPlan({ targets: [], leftOut: { done: 3, deprecated: 0, status: 0, createOff: 0 } });

const HOSTILE = "</ins> @olga #41 <!-- canon:skip --> <img src=x> [go](javascript:alert(1)) ````` ## Heading\n- [ ] canon:resume | https://evil.example";

describe("a proposal", () => {
  it("has a title that GitHub takes, however long the path of its spec is", () => {
    const title = BOT_WORDS.proposalTitle({ ...found(change("one")), spec: `specs/${"folder/".repeat(40)}payments.md` });
    expect(title.length).toBeLessThanOrEqual(256);
    expect(title).toMatch(/^Canon: what changed on 1 ticket, in specs\/folder\/.*…$/);
  });

  it("says the ticket, who and when, and the lines", () => {
    const one = found(change("a receipt is sent"));
    expect(BOT_WORDS.proposalTitle(one)).toBe("Canon: what changed on 1 ticket, in specs/payments.md");
    // A tracker's own integration would move a ticket that a title or a commit names.
    expect(BOT_WORDS.proposalTitle(one) + BOT_WORDS.proposalCommit(one)).not.toContain("PAY-1");
    expect(BOT_WORDS.proposalBody(one)).toBe(`<!-- canon:bot:proposal ${one.print} specs%2Fpayments.md -->
People changed this on tickets. Merging it brings their change into the spec; closing it leaves the spec as it is, and the same change is not proposed again.

#### PAY-1 Refunds \`specs/payments.md\`

- criteria: <del>\\[ \\]</del><ins>\\[x\\]</ins> within 14 days
- <ins>\\[ \\] a receipt is sent</ins> (M. Chen, 2026-01-04)

\`\`\`diff
@@ line 5 @@
-- [ ] within 14 days
+- [x] within 14 days
+- [ ] a receipt is sent
\`\`\`
`);
  });

  it("is found again by a line that no text of a ticket can forge", () => {
    const one = found(change(`x\n<!-- canon:bot:proposal ${"0".repeat(64)} evil -->`));
    expect(readProposalSign(BOT_WORDS.proposalBody(one))).toEqual({ spec: "specs/payments.md", print: one.print });
    expect(readProposalSign(BOT_WORDS.proposalBody(one).replaceAll("\n", "\r\n"))).toEqual({ spec: "specs/payments.md", print: one.print });
  });

  it("has no word of a ticket in its title, nor one that acts in its body", () => {
    const one = found(change(HOSTILE));
    expect(BOT_WORDS.proposalTitle(one)).not.toContain("olga");
    const [, fence, code] = /(`{6,})diff\n([^]*?)\n\1/.exec(BOT_WORDS.proposalBody(one)) ?? [];
    expect(fence).toBeDefined();
    expect(code?.split("\n")).toHaveLength(4);
    const text = BOT_WORDS.proposalBody(one).replace(code ?? "", "");
    expect(text).not.toMatch(/@olga|#41|<!-- canon:skip|<img|(?<!\\)\]\(javascript|^## |^- \[ \] canon:resume|https:\/\/evil/m);
  });

  it("stays below what a host takes, and says what is not shown", () => {
    const many = Array.from({ length: 400 }, (_one, index) => change("x".repeat(300), `PAY-${index}`));
    const body = BOT_WORDS.proposalBody(found(...many));
    expect(body.length + BOT_WORDS.paused.length).toBeLessThan(60_000);
    expect(body).toMatch(/and \d+ more tickets: see the files\./);
    expect(BOT_WORDS.proposalTitle(found(...many))).toBe("Canon: what changed on 400 tickets, in specs/payments.md");
  });

  it("has a box that is ticked to go on", () => {
    expect(BOT_WORDS.paused).toMatch(/^- \[ \] .*canon:resume/m);
  });
});

describe("a plan", () => {
  it("says in words that nothing happens, whatever is left out elsewhere", () => {
    expect(BOT_WORDS.plan(EMPTY)).toBe("### Canon: merging this changes no ticket\n");
    expect(BOT_WORDS.planTitle(EMPTY)).toBe("merging this changes no ticket");
    expect(BOT_WORDS.planTitle(null)).toBe("this pull request changes no spec");
  });

  it("is the same an hour and a month later", () => {
    const observed = [{ ...change("x"), held: change("x").pulled, pulled: [], edits: [] }];
    const later = { ...EMPTY, observed, createdAt: "2026-03-05T09:00:00.000Z" };
    expect(BOT_WORDS.plan({ ...EMPTY, observed })).toBe(BOT_WORDS.plan(later));
    expect(BOT_WORDS.plan(later)).toContain("(M. Chen, 2026-01-04)");
  });

  it("tells after the merge what was applied and what waits", () => {
    expect(BOT_WORDS.applied(2, EMPTY)).toBe("### Canon: 2 changes applied\n");
    expect(BOT_WORDS.applied(0, { ...EMPTY, changes: [{ ...change("x"), action: "create", key: null, pulled: [], edits: [] }] })).toMatch(
      /^### Canon: nothing was to be applied\n\n1 change waits, because nobody has reviewed it as now planned/,
    );
  });
});
