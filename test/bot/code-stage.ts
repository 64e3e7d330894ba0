/** The bot's stage with sections that have tickets, and people who write code for them. */

import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

export const PLAIN = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n\n## Keys\n\nText.\n";
export const CODE = "src/payments/keys.ts";
export const KEYS: string = `${SPEC}#keys`;
export const REFUNDS: string = `${SPEC}#refunds`;

/** Both sections have tickets: Refunds is PAY-1, Keys is PAY-2. `words`: what stands under `bot:`. */
export async function codeStage({ spec = PLAIN, words = "enabled: true" }: { readonly spec?: string; readonly words?: string } = {}): Promise<BotStage> {
  const bot = await botStage({ [SPEC]: spec, "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply") });
  await bot.apply();
  await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG.replace("enabled: true", words) }]);
  return bot;
}

export interface CodeWish {
  readonly title?: string;
  readonly body?: string;
  readonly branch?: string;
  /** Of its commit. */
  readonly message?: string;
  readonly files?: readonly { readonly path: string; readonly content: string | null }[];
}

export async function openCode({ dana }: BotStage, wish: CodeWish): Promise<number> {
  const { title = "Some work", body = "", branch = "work", message = "Some work", files = [{ path: CODE, content: `// ${branch}\n` }] } = wish;
  await dana.push(branch, files, { message });
  return dana.open({ title, body, head: branch });
}

/** Addresses of what is linked on a ticket. */
export function linksOf(bot: BotStage, key: string): Promise<readonly string[]> {
  return bot.atDesk(async (desk) => (await desk.show(key)).links.map(({ url }) => url));
}

export function statusOf(bot: BotStage, key: string): Promise<string> {
  return bot.atDesk(async (desk) => (await desk.show(key)).ticket.status);
}

/** The lines of `realized-in` markers, as the default branch has them. */
export async function realizedLines(bot: BotStage, path: string = SPEC): Promise<readonly string[]> {
  return (await bot.text(path)).split(/\r?\n/).filter((line) => line.includes("realized-in"));
}

/** The commit that the bot's memory stands at, and that of the default branch: what a quiet run leaves alone. */
export async function standing({ stage }: BotStage): Promise<readonly (string | null)[]> {
  return [await stage.forge.head("refs/canon/bot"), await stage.forge.head("refs/heads/main")];
}
