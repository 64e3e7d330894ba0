/** Code that implements a section: said while the pull request is open, marked in the spec once it is merged, told to the ticket after that. */

import { describe, expect, it } from "vitest";
import { SPEC } from "./bot-stage.ts";
import { CODE, codeStage, KEYS, linksOf, openCode, realizedLines, REFUNDS, standing, statusOf } from "./code-stage.ts";

describe("a section is implemented", { timeout: 60_000 }, () => {
  it("by a trailer in the body: said, linked, marked, and told to the ticket", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, { body: `Some words.\n\nCanon-Section: ${KEYS}\n` });
    await bot.plan(number);
    expect(await bot.said(number)).toEqual([expect.stringContaining(`Merging this marks \`${KEYS}\` as realized (PR#${number})`)]);
    expect(await bot.apply()).toMatchObject({ linked: [{ number, keys: ["PAY-2"], problems: [] }], realized: [] });
    expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, markers: { state: "committed" }, realized: [{ number, addresses: [KEYS], isNew: true }] });
    expect(await bot.text(SPEC)).toContain(
      `## Keys\n<!-- canon:ticket:local:PAY-2 -->\n<!-- canon:system:keys status:in_progress -->\n<!-- canon:realized-in:PR#${number} ${CODE} -->\n\nText.\n`,
    );
    expect(await bot.said(number)).toEqual([expect.stringContaining(`Merged: \`${KEYS}\` is marked as realized`)]);
    expect(await statusOf(bot, "PAY-2")).toBe("Backlog");
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 1, waiting: [], markers: null });
    expect(await statusOf(bot, "PAY-2")).toBe("In Progress");
    const before = await standing(bot);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, waiting: [], markers: null, linked: [], realized: [] });
    expect(await standing(bot)).toEqual(before);
    expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
  });

  it.for([
    ["a closing word in the title", { title: "Fixes PAY-2: keys" }],
    ["a closing word in the body", { body: "This closes PAY-2." }],
    ["a closing word in a commit", { message: "Keys\n\nResolves PAY-2" }],
    ["a trailer of a commit", { message: `Keys\n\nBecause.\n\nCanon-Section: ${KEYS}\nSigned-off-by: dana` }],
  ] as const)("by %s", async ([, wish]) => {
    const bot = await codeStage();
    const number = await openCode(bot, wish);
    await bot.dana.merge(number);
    await bot.apply();
    expect(await realizedLines(bot)).toEqual([`<!-- canon:realized-in:PR#${number} ${CODE} -->`]);
    expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
  });

  it("by the message of a squash, although its branch is gone", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, { title: "Implements PAY-2" });
    await bot.dana.merge(number, "squash");
    await bot.dana.deleteBranch("work");
    await bot.dana.edit(number, { title: "Keys" });
    await bot.apply();
    expect(await realizedLines(bot)).toEqual([`<!-- canon:realized-in:PR#${number} ${CODE} -->`]);
  });

  it("by two pull requests, each with its own lines, in one run", async () => {
    const bot = await codeStage();
    const one = await openCode(bot, { branch: "one", title: "Fix PAY-2", files: [{ path: "src/one.ts", content: "1\n" }] });
    const two = await openCode(bot, {
      branch: "two",
      body: `Canon-Section: ${KEYS}, ${REFUNDS}`,
      files: [
        { path: "src/one two.ts", content: "2\n" },
        { path: "src/three.ts", content: "3\n" },
      ],
    });
    await bot.dana.merge(two);
    await bot.dana.merge(one);
    expect(await bot.apply()).toMatchObject({ realized: [{ number: one }, { number: two }] });
    const [first, second] = [`PR#${two} src/one%20two.ts`, `PR#${two} src/three.ts`];
    expect(await realizedLines(bot)).toEqual([first, second, `PR#${one} src/one.ts`, first, second].map((what) => `<!-- canon:realized-in:${what} -->`));
  });

  it("together with its spec, in one pull request", async () => {
    const bot = await codeStage();
    const files = [
      { path: SPEC, content: `${await bot.text(SPEC)}\n## Audit\n` },
      { path: CODE, content: "x\n" },
    ];
    const number = await openCode(bot, { body: `Canon-Section: ${SPEC}#audit`, files });
    await bot.plan(number);
    expect((await bot.said(number)).join()).toMatch(/1 create[\s\S]*Merging this marks `specs\/payments.md#audit`/);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 1 });
    expect(await bot.text(SPEC)).toContain(`<!-- canon:system:audit status:in_progress -->\n<!-- canon:realized-in:PR#${number} ${CODE} -->\n`);
    expect((await bot.said(number)).join()).toMatch(/1 change applied[\s\S]*Merged: /);
    expect(await bot.apply()).toMatchObject({ applied: 1, waiting: [] });
    expect(await statusOf(bot, "PAY-3")).toBe("In Progress");
  });
});

describe("a bare mention", { timeout: 60_000 }, () => {
  it.for([
    ["in the title", { title: "PAY-2 keys" }],
    ["in the branch", { branch: "feature/pay-2-keys" }],
    ["in a trailer", { body: "Canon-Ticket: PAY-2" }],
  ] as const)("%s only links", async ([, wish]) => {
    const bot = await codeStage();
    const number = await openCode(bot, wish);
    await bot.plan(number);
    expect(await bot.said(number)).toEqual([]);
    await bot.apply();
    expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ markers: null, realized: [] });
    expect(await realizedLines(bot)).toEqual([]);
    expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
  });
});
