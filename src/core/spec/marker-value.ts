/** The strict characters of values in markers: everything else is percent-encoded, so that no value can end its comment. */

const PLAIN = /^(?:[\p{L}\p{M}\p{N}._~/#@+-]|%[0-9A-Fa-f]{2})+$/u;
const STRANGE = /[^\p{L}\p{M}\p{N}._~/#@+-]/gu;

export function encodeValue(value: string): string {
  // Half a surrogate pair has no UTF-8 form.
  return value.toWellFormed().replace(STRANGE, percentEncode);
}

/** null where the text is empty, holds other characters, or decodes to no UTF-8. */
export function decodeValue(encoded: string): string | null {
  if (!PLAIN.test(encoded)) return null;
  if (!encoded.includes("%")) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function percentEncode(character: string): string {
  const encoded = encodeURIComponent(character);
  // encodeURIComponent leaves !'()* as they are.
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
}
