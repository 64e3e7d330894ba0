/** Reads a query in WIQL: the flat part of the language, over work items, with conditions and an order. */

import { azureField } from "../state/fields.ts";
import type { AzureField } from "../state/fields.ts";
import { badRequest } from "./azure-refusal.ts";

export type WiqlValue = string | number | { readonly macro: string; readonly shift: number };

export type WiqlCondition =
  | { readonly kind: "and" | "or"; readonly parts: readonly WiqlCondition[] }
  | { readonly kind: "not"; readonly part: WiqlCondition }
  | { readonly kind: "compare"; readonly field: AzureField; readonly operator: WiqlOperator; readonly values: readonly WiqlValue[] };

export const WIQL_OPERATORS = [
  "=",
  "<>",
  "<=",
  ">=",
  "<",
  ">",
  "contains",
  "not contains",
  "in",
  "not in",
  "under",
  "not under",
  "is empty",
  "is not empty",
] as const;
export type WiqlOperator = (typeof WIQL_OPERATORS)[number];

export interface WiqlQuery {
  readonly columns: readonly AzureField[];
  readonly where: WiqlCondition | null;
  readonly order: readonly { readonly field: AzureField; readonly descending: boolean }[];
  readonly asOf: string | null;
}

interface Token {
  readonly kind: "field" | "word" | "text" | "number" | "macro" | "sign";
  readonly text: string;
}

const TOKEN = /\s*(?:\[([^\]]+)\]|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)|(@[A-Za-z]+)|([A-Za-z_][\w.]*)|(<>|<=|>=|[=<>(),+-]))/y;

export function parseWiql(text: string): WiqlQuery {
  const tokens = tokenize(text);
  let at = 0;
  const peek = (): Token | null => tokens[at] ?? null;
  const isWord = (word: string): boolean => peek()?.kind === "word" && peek()?.text.toLowerCase() === word;
  const takeWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    at += 1;
    return true;
  };
  const need = (word: string): void => {
    if (!takeWord(word)) throw syntax(`expecting ${word.toUpperCase()}`, peek()?.text);
  };
  const takeSign = (sign: string): boolean => {
    if (peek()?.kind !== "sign" || peek()?.text !== sign) return false;
    at += 1;
    return true;
  };
  const field = (): AzureField => {
    const token = peek();
    if (token === null || (token.kind !== "field" && token.kind !== "word")) throw syntax("expecting a field", token?.text);
    at += 1;
    const found = azureField(token.text);
    if (found === null)
      throw badRequest(
        `TF51005: The query references a field that does not exist. The error is caused by «[${token.text}]».`,
        "WorkItemTrackingQueryException",
      );
    return found;
  };
  const value = (): WiqlValue => {
    const token = peek();
    at += 1;
    if (token?.kind === "text") return token.text;
    if (token?.kind === "number") return Number(token.text);
    if (token?.kind !== "macro") throw syntax("expecting a value", token?.text);
    const sign = takeSign("-") ? -1 : takeSign("+") ? 1 : 0;
    // "@Today - 7" is two tokens after the sign, "@Today -7" a negative number.
    const next = peek();
    const shift = next?.kind === "number" && (sign !== 0 || next.text.startsWith("-")) ? Number(next.text) * (sign === 0 ? 1 : sign) : 0;
    if (shift !== 0) at += 1;
    return { macro: token.text.toLowerCase(), shift };
  };
  const list = (): readonly WiqlValue[] => {
    if (!takeSign("(")) throw syntax("expecting (", peek()?.text);
    const values = [value()];
    while (takeSign(",")) values.push(value());
    if (!takeSign(")")) throw syntax("expecting )", peek()?.text);
    return values;
  };
  const operator = (): WiqlOperator => {
    const sign = peek();
    if (sign?.kind === "sign") {
      at += 1;
      const known = WIQL_OPERATORS.find((one) => one === sign.text);
      if (known !== undefined) return known;
      throw syntax("expecting an operator", sign.text);
    }
    if (takeWord("is")) return takeWord("not") ? (need("empty"), "is not empty") : (need("empty"), "is empty");
    const isNot = takeWord("not");
    for (const word of ["contains", "in", "under"] as const) if (takeWord(word)) return isNot ? `not ${word}` : word;
    throw syntax("expecting an operator", peek()?.text);
  };
  const comparison = (): WiqlCondition => {
    if (takeWord("not")) return { kind: "not", part: comparison() };
    if (takeSign("(")) {
      const inner = any();
      if (!takeSign(")")) throw syntax("expecting )", peek()?.text);
      return inner;
    }
    const named = field();
    const by = operator();
    if (by === "is empty" || by === "is not empty") return { kind: "compare", field: named, operator: by, values: [] };
    return { kind: "compare", field: named, operator: by, values: by === "in" || by === "not in" ? list() : [value()] };
  };
  const all = (): WiqlCondition => {
    const parts = [comparison()];
    while (takeWord("and")) parts.push(comparison());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "and", parts };
  };
  const any = (): WiqlCondition => {
    const parts = [all()];
    while (takeWord("or")) parts.push(all());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "or", parts };
  };

  need("select");
  const columns = [field()];
  while (takeSign(",")) columns.push(field());
  need("from");
  if (isWord("workitemlinks")) throw badRequest("This emulator answers flat queries only: FROM WorkItems.", "WorkItemTrackingQueryException");
  need("workitems");
  const where = takeWord("where") ? any() : null;
  const order: { readonly field: AzureField; readonly descending: boolean }[] = [];
  if (takeWord("order")) {
    need("by");
    do {
      const named = field();
      const descending = takeWord("desc");
      if (!descending) takeWord("asc");
      order.push({ field: named, descending });
    } while (takeSign(","));
  }
  let asOf: string | null = null;
  if (takeWord("asof")) {
    const date = value();
    if (typeof date !== "string") throw syntax("expecting a date", peek()?.text);
    asOf = date;
  }
  if (peek() !== null) throw syntax("expecting the end", peek()?.text);
  return { columns, where, order, asOf };
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw syntax("unexpected characters", text.slice(from, from + 20));
    const [, bracket, single, double, number, macro, word, sign] = found;
    if (bracket !== undefined) tokens.push({ kind: "field", text: bracket.trim() });
    else if (single !== undefined) tokens.push({ kind: "text", text: single.replaceAll("''", "'") });
    else if (double !== undefined) tokens.push({ kind: "text", text: double.replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (macro !== undefined) tokens.push({ kind: "macro", text: macro });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

function syntax(what: string, near: string | undefined): Error {
  return badRequest(`The query statement is missing something or wrong: ${what}. The error is caused by «${near ?? "the end"}».`, "SyntaxException");
}
