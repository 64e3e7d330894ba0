/** Parses the part of JQL that the emulated Jira understands; anything else is an error, as Jira words it. */

import { JiraRefusal } from "./jira-refusal.ts";

export type JqlOperator = "=" | "!=" | "~" | "!~" | ">" | ">=" | "<" | "<=" | "in" | "not in" | "is" | "is not";

export type JqlNode =
  | { readonly kind: "and" | "or"; readonly parts: readonly JqlNode[] }
  | { readonly kind: "not"; readonly part: JqlNode }
  | { readonly kind: "clause"; readonly field: string; readonly operator: JqlOperator; readonly values: readonly string[] };

export interface JqlOrder {
  readonly field: string;
  readonly descending: boolean;
}

export interface Jql {
  /** null: finds everything. */
  readonly where: JqlNode | null;
  readonly order: readonly JqlOrder[];
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|>=|<=|[=~<>(),])|([^\s"'=~<>!(),]+(?:\[[^\]]*\][^\s"'=~<>!(),]*)?))/y;

export function parseJql(text: string): Jql {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isWord = (word: string, offset = 0): boolean => {
    const token = tokens[at + offset];
    return token !== undefined && !token.quoted && token.text.toLowerCase() === word;
  };
  const fail = (): JiraRefusal => {
    const token = peek();
    return new JiraRefusal(400, token ? `Error in the JQL Query: Unexpected '${token.text}'.` : "Error in the JQL Query: The query ends too early.");
  };
  const take = (): Token => {
    const token = peek();
    if (!token) throw fail();
    at += 1;
    return token;
  };
  const takeWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    at += 1;
    return true;
  };

  const either = (): JqlNode => {
    const parts = [both()];
    while (takeWord("or")) parts.push(both());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "or", parts };
  };
  const both = (): JqlNode => {
    const parts = [single()];
    while (takeWord("and")) parts.push(single());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "and", parts };
  };
  const single = (): JqlNode => {
    if (takeWord("not")) return { kind: "not", part: single() };
    if (takeWord("(")) {
      const inner = either();
      if (!takeWord(")")) throw fail();
      return inner;
    }
    const field = fieldName();
    const operator = operatorAt();
    return { kind: "clause", field, operator, values: operator === "in" || operator === "not in" ? list() : [value()] };
  };
  const fieldName = (): string => {
    const token = take();
    if (!token.quoted && /^[=~<>!(),]/.test(token.text)) {
      at -= 1;
      throw fail();
    }
    return token.text;
  };
  const operatorAt = (): JqlOperator => {
    if (takeWord("in")) return "in";
    if (takeWord("is")) return takeWord("not") ? "is not" : "is";
    if (isWord("not") && isWord("in", 1)) {
      at += 2;
      return "not in";
    }
    for (const operator of ["=", "!=", "~", "!~", ">", ">=", "<", "<="] as const) if (takeWord(operator)) return operator;
    throw fail();
  };
  const value = (): string => {
    const token = take();
    if (!token.quoted && /^[=~<>!(),]$/.test(token.text)) {
      at -= 1;
      throw fail();
    }
    if (isWord("(") && !token.quoted) {
      at += 1;
      if (!takeWord(")")) throw fail();
      return `${token.text.toLowerCase()}()`;
    }
    return !token.quoted && /^(empty|null)$/i.test(token.text) ? EMPTY : token.text;
  };
  const list = (): readonly string[] => {
    if (!takeWord("(")) throw fail();
    const values = [value()];
    while (takeWord(",")) values.push(value());
    if (!takeWord(")")) throw fail();
    return values;
  };
  const orders = (): readonly JqlOrder[] => {
    if (!takeWord("order")) return [];
    if (!takeWord("by")) throw fail();
    const found: JqlOrder[] = [];
    do {
      const field = fieldName();
      const descending = takeWord("desc");
      if (!descending) takeWord("asc");
      found.push({ field, descending });
    } while (takeWord(","));
    return found;
  };

  const where = tokens.length === 0 || isWord("order") ? null : either();
  const order = orders();
  if (peek()) throw fail();
  return { where, order };
}

/** Stands for the words EMPTY and NULL; nobody can type it. */
export const EMPTY = "\u0000empty";

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new JiraRefusal(400, `Error in the JQL Query: The character at position ${start + 1} starts nothing that is understood.`);
    const [, double, single, sign, word] = found;
    const quoted = double ?? single;
    tokens.push(quoted === undefined ? { text: sign ?? word ?? "", quoted: false } : { text: quoted.replaceAll(/\\(.)/g, "$1"), quoted: true });
  }
  return tokens;
}
