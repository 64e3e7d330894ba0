/** Rebuilds Linear's schema from the typings of its SDK, because npm ships no SDL: what is lost is descriptions, defaults and directives. */

interface Field {
  readonly name: string;
  /** As SDL: `[String!]!`. */
  readonly type: string;
}

interface Shape {
  readonly interfaces: readonly string[];
  readonly fields: readonly Field[];
  /** Typings give `__typename` to what is answered, and not to what is sent. */
  readonly answered: boolean;
}

interface Typings {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly unions: ReadonlyMap<string, readonly string[]>;
  /** Arguments by `type` + `field` in lower case: the generator spells the two words together in its own way (`attachmentsForURL` → `QueryAttachmentsForUrlArgs`). */
  readonly args: ReadonlyMap<string, readonly Field[]>;
}

const BUILT_IN: ReadonlySet<string> = new Set(["ID", "String", "Int", "Float", "Boolean"]);

export function schemaFromTypings(typings: string): string {
  const read = readTypings(typings);
  const scalars = new Set<string>();
  const written: string[] = [];
  const seen = new Set<string>();
  const open = ["Query", "Mutation"];
  const implementers = implementersOf(read.shapes);
  const note = (fields: readonly Field[]): void => {
    for (const { type } of fields) open.push(type.replace(/[[\]!]/g, ""));
  };
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name) || BUILT_IN.has(name)) continue;
    seen.add(name);
    const shape = read.shapes.get(name);
    const [values, members] = [read.enums.get(name), read.unions.get(name)];
    if (shape) {
      const isInterface = implementers.has(name);
      open.push(...shape.interfaces, ...(implementers.get(name) ?? []));
      note(shape.fields);
      const fields = shape.fields.map((field) => {
        const args = shape.answered || isInterface ? (read.args.get(`${name}${field.name}`.replaceAll("_", "").toLowerCase()) ?? []) : [];
        note(args);
        return `  ${field.name}${args.length === 0 ? "" : `(${args.map((arg) => `${arg.name}: ${arg.type}`).join(", ")})`}: ${field.type}`;
      });
      const keyword = shape.answered ? "type" : isInterface ? "interface" : "input";
      const below = shape.interfaces.length === 0 ? "" : ` implements ${shape.interfaces.join(" & ")}`;
      written.push(`${keyword} ${name}${below} {\n${fields.join("\n")}\n}`);
    } else if (values) written.push(`enum ${name} {\n  ${values.join("\n  ")}\n}`);
    else if (members) {
      open.push(...members);
      written.push(`union ${name} = ${members.join(" | ")}`);
    } else scalars.add(name);
  }
  return [...[...scalars].sort().map((name) => `scalar ${name}`), ...written].join("\n");
}

function implementersOf(shapes: ReadonlyMap<string, Shape>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, { interfaces }] of shapes) for (const one of interfaces) found.set(one, [...(found.get(one) ?? []), name]);
  return found;
}

function readTypings(typings: string): Typings {
  const lines = typings.split("\n");
  const [shapes, enums, unions, args] = [
    new Map<string, Shape>(),
    new Map<string, readonly string[]>(),
    new Map<string, readonly string[]>(),
    new Map<string, readonly Field[]>(),
  ];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const opened = /^(?:export )?(?:declare enum (\w+)|type (\w+) = ((?:\w+ & )*)) ?\{$/.exec(line);
    const union = /^(?:export )?type (\w+) = ((?:\w+ \| )+\w+);$/.exec(line);
    if (union) unions.set(union[1] ?? "", (union[2] ?? "").split(" | "));
    if (!opened) continue;
    const body: string[] = [];
    for (at += 1; at < lines.length && !/^\};?$/.test(lines[at] ?? ""); at += 1) body.push(lines[at] ?? "");
    const [, enumName, typeName = "", interfaces = ""] = opened;
    if (enumName !== undefined) {
      enums.set(
        enumName,
        body.flatMap((one) => /^\s+\w+ = "([^"]+)"/.exec(one)?.[1] ?? []),
      );
      continue;
    }
    const answered = body.some((one) => one.startsWith("  __typename?"));
    const fields = fieldsOf(body);
    // The first of a name is the schema's; later ones of the same name are the SDK's own documents.
    if (typeName.endsWith("Args") && !answered) args.set(typeName.slice(0, -4).replaceAll("_", "").toLowerCase(), fields);
    else if (!shapes.has(typeName) && fields.length > 0)
      shapes.set(typeName, { interfaces: interfaces.split(" & ").filter((one) => one !== ""), fields, answered });
  }
  return { shapes, enums, unions, args };
}

function fieldsOf(body: readonly string[]): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < body.length; at += 1) {
    const line = body[at] ?? "";
    const started = /^ {2}(\w+)\??: (.*)$/.exec(line);
    if (!started) continue;
    let type = started[2] ?? "";
    // A long type goes on in the next lines.
    while (!type.endsWith(";") && at + 1 < body.length) type += (body[(at += 1)] ?? "").trim();
    if (started[1] !== "__typename") fields.push({ name: started[1] ?? "", type: sdlType(type.replace(/;$/, "").trim()) });
  }
  return fields;
}

function sdlType(type: string): string {
  const maybe = /^(?:Input)?Maybe<(.*)>$/.exec(type);
  if (maybe) return sdlType(maybe[1] ?? "").replace(/!$/, "");
  const list = /^Array<(.*)>$/.exec(type);
  if (list) return `[${sdlType(list[1] ?? "")}]!`;
  return `${/^Scalars\["(\w+)"\]/.exec(type)?.[1] ?? type}!`;
}
