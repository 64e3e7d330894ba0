/** Azure DevOps on loopback: one organisation with two projects of the Agile process, judged by the vendor's Swagger documents. */

import { emulatorClock } from "../kit/emulator-clock.ts";
import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { EmulatedPeople } from "../kit/emulated-people.ts";
import type { EmulatedStorage } from "../kit/emulated-storage.ts";
import { serve } from "../kit/serve.ts";
import type { Emulated, Vendor } from "../kit/wire.ts";
import { AZURE_DEFAULTS } from "./azure-options.ts";
import type { AzureEmulatorOptions } from "./azure-options.ts";
import { azureJudge } from "./judge/azure-judge.ts";
import { DANA } from "./state/identity.ts";
import { azurePeople } from "./state/people.ts";
import { azureStorage } from "./state/storage.ts";
import { azureWorld } from "./state/world.ts";
import { AzureRefusal, mayNotRead, mayNotSave, refusalAnswer } from "./wire/azure-refusal.ts";
import { azureDoor } from "./wire/door.ts";
import { azureMeaning } from "./wire/meaning.ts";
import { rateLimit } from "./wire/rate-limit.ts";
import { AZURE_TOKENS } from "./wire/sign-in.ts";

export interface AzureEmulator extends Emulated {
  readonly clock: EmulatorClock;
  readonly people: EmulatedPeople;
  readonly storage: EmulatedStorage;
  /** The display name behind Canon's token. */
  readonly account: string;
  readonly organization: string;
  /** The project that Canon works in; tickets are transferred to `otherProject`. */
  readonly project: string;
  readonly otherProject: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Secrets that open less, or nothing. */
  readonly tokens: Readonly<Record<keyof typeof AZURE_TOKENS | "wrong", string>>;
  /** What could not be judged here, and why; null when everything was. */
  readonly unjudged: string | null;
}

export async function startAzureEmulator({ port = 0, clock = emulatorClock(), ...switches }: AzureEmulatorOptions = {}): Promise<AzureEmulator> {
  const world = azureWorld(clock, { ...AZURE_DEFAULTS, ...switches });
  const limit = rateLimit(clock, world.behaviour.rate);
  const judge = azureJudge();
  let url = "";
  const collection = (): string => `${url}/${world.organization}`;
  const vendor: Vendor = {
    meaning: azureMeaning,
    answer: azureDoor(world, limit, collection),
    rateLimited: (_request, ms) => limit.blocked(ms),
    forbidden: (request) => refusalAnswer(["read", "history", "check"].includes(azureMeaning(request).operation) ? mayNotRead() : mayNotSave()),
    unavailable: () => refusalAnswer(new AzureRefusal(503, "ServiceUnavailableException", "TF400898: The service is not available. Please try again later.")),
    judge: judge.judge,
    unjudged: judge.unjudged,
  };
  const emulated = await serve(vendor, { clock, port });
  url = emulated.url;
  return {
    ...emulated,
    clock,
    people: azurePeople(world, collection),
    storage: azureStorage(world),
    account: DANA.displayName,
    organization: world.organization,
    project: world.projects[0]?.name ?? "",
    otherProject: world.projects[1]?.name ?? "",
    credentials: { AZURE_DEVOPS_ORG_URL: collection(), AZURE_DEVOPS_PAT: AZURE_TOKENS.good.secret },
    tokens: {
      good: AZURE_TOKENS.good.secret,
      readOnly: AZURE_TOKENS.readOnly.secret,
      otherScope: AZURE_TOKENS.otherScope.secret,
      expired: AZURE_TOKENS.expired.secret,
      wrong: "azpatwrong000000000000000000000000000000000000000000",
    },
    unjudged: judge.unjudged,
  };
}
