/** Looks into JSON that nobody has typed: vendors' schemas, and bodies before they are checked. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** What a reference such as `#/components/schemas/Issue` points to; null when nothing is there. */
export function pointedTo(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#/")) return null;
  let found: unknown = document;
  for (const part of reference.slice(2).split("/")) {
    const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    found = Array.isArray(found) ? found[Number(name)] : asObject(found)[name];
  }
  return found ?? null;
}
