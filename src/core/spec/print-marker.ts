/** Prints a marker in the one form that Canon writes. */

import type { MarkerValue } from "../model/marker.ts";
import { encodeValue } from "./marker-value.ts";

export function printMarker(value: MarkerValue): string {
  return `<!-- canon:${bodyOf(value)} -->`;
}

function bodyOf(value: MarkerValue): string {
  switch (value.kind) {
    case "ticket":
      return ticketToken(value.system, value.key);
    case "system": {
      const status = value.status === null ? [] : [`status:${value.status}`];
      const generation = value.generation === 1 ? [] : [`gen:${value.generation}`];
      return [systemToken(value.id), ...status, ...generation, ...value.unknown.map(encodeAttribute)].join(" ");
    }
    case "realized-in": {
      const lines = value.lines === null ? "" : `:${value.lines}`;
      return `${realizedToken(value.pullRequest)} ${encodeValue(value.path)}${lines}`;
    }
    case "removed":
      return `removed:${value.system}:${encodeValue(value.key)} ${value.mode}`;
    case "skip":
      return "skip";
    case "unknown":
      return value.keyword;
  }
}

export function ticketToken(system: string, key: string): string {
  return `ticket:${system}:${encodeValue(key)}`;
}

export function realizedToken(pullRequest: number): string {
  return `realized-in:PR#${pullRequest}`;
}

export function systemToken(id: string): string {
  return `system:${encodeValue(id)}`;
}

/** Unknown attributes come from a marker and are printed as they stood; this only stops one made elsewhere from ending the comment. */
function encodeAttribute(attribute: string): string {
  return attribute.replace(/[<>\s]/g, encodeURIComponent);
}
