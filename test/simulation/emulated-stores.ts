/** Where each vendor keeps what Canon knows of a ticket: a property, an attachment, a hidden line. */

import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import { parseText, withLine } from "../../src/trackers/github/github-line.ts";
import { STORE_URL, storedIn } from "../../src/trackers/linear/linear-base.ts";
import { readStore } from "../../src/trackers/azure/azure-store.ts";
import type { AzureEmulator } from "../emulators/azure/azure-emulator.ts";
import { AzureRefusal } from "../emulators/azure/wire/azure-refusal.ts";
import type { GithubEmulator } from "../emulators/github/github-emulator.ts";
import type { JiraEmulator } from "../emulators/jira/jira-emulator.ts";
import type { LinearEmulator } from "../emulators/linear/linear-emulator.ts";
import { adfFormat } from "../../src/trackers/jira/adf/adf-format.ts";
import { PROPERTY, propertyOf } from "../../src/trackers/jira/jira-property.ts";
import { wikiFormat } from "../../src/trackers/jira/wiki/wiki-format.ts";
import { asList } from "../emulators/kit/json-value.ts";
import { adfText } from "./adf-text.ts";
import type { VendorStore } from "./emulated-desk.ts";
import { markdownText } from "./native-text.ts";
import { wikiText } from "./wiki-text.ts";

const TITLE = { titleLimit: 255 };

export function linearStore({ people, storage }: LinearEmulator, parser: MarkdownParser): VendorStore {
  return {
    system: "linear",
    text: markdownText(parser),
    key: (key) => key,
    raw: (key) => storage.text(key),
    shown: (raw) => raw,
    kept: (key) => storedIn(storage.stored(key, STORE_URL)),
    save: (key, body) => void people.edit(key, { body }),
    loseBase: (key) => storage.lose(key, STORE_URL),
  };
}

export function githubStore({ people, project }: GithubEmulator, parser: MarkdownParser): VendorStore {
  const raw = (key: string): string => people.show(key).body;
  return {
    system: "github",
    text: markdownText(parser),
    key: (key) => (key.includes("#") ? key : `${project}#${key}`),
    raw,
    shown: (text) => parseText(text).body,
    kept: (key) => parseText(raw(key)).line ?? { token: null, base: null },
    save: (key, body) => void people.edit(key, { body: withLine(body, parseText(raw(key)).native) }),
    // Whoever rewrites the whole text takes the hidden line away with it.
    loseBase: (key) => void people.edit(key, { body: parseText(raw(key)).body }),
  };
}

const AZURE_STORE = "https://canon.invalid/";

export function azureStore({ people, storage }: AzureEmulator, parser: MarkdownParser): VendorStore {
  return {
    system: "azure",
    // Canon writes Markdown, and the editor keeps the form that a text has.
    text: markdownText(parser),
    key: (key) => key,
    raw: (key) => storage.text(key),
    shown: (raw) => raw,
    kept: (key) => readStore({ relations: asList(storage.stored(key, AZURE_STORE)).map((url) => ({ rel: "Hyperlink", url: String(url), attributes: {} })) }),
    save: (key, body) => void people.edit(key, { body }),
    loseBase: (key) => storage.lose(key, AZURE_STORE),
    isRefusal: (error) => error instanceof AzureRefusal,
  };
}

export function jiraStore({ people, storage }: JiraEmulator, parser: MarkdownParser, flavour: "cloud" | "data-center"): VendorStore {
  return {
    system: "jira",
    text: flavour === "cloud" ? adfText(adfFormat(parser, TITLE)) : wikiText(wikiFormat(parser, TITLE)),
    key: (key) => key,
    raw: (key) => storage.text(key),
    shown: (raw) => raw,
    kept: (key) => propertyOf(storage.stored(key, PROPERTY)),
    save: (key, body) => void people.edit(key, { body }),
    loseBase: (key) => storage.lose(key, PROPERTY),
  };
}
