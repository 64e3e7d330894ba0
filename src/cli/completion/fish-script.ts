/** The completion script for fish. */

import type { CompletedFlag, CompletionTable, Place } from "./completion-table.ts";

export function fishScript({ commands, globals, menus }: CompletionTable): string {
  const groups = [...menus.keys()].filter((group) => group !== "");
  return `# Completion of canon in fish. Made by: canon completion fish
# For this shell: canon completion fish | source
# For good:       canon completion fish > ~/.config/fish/completions/canon.fish

# Words before the cursor: the flags that say where to work for "place", the others for "names".
function __canon_words
    set -l takes
    set -l names
    set -l place
    for word in (commandline -opc)[2..]
        if test -n "$takes"
            set -a place $takes $word
            set takes
        else if contains -- $word -C --config
            set takes $word
        else if not string match -q -- '-*' $word
            set -a names $word
        end
    end
    test $argv[1] = place; and printf '%s\\n' $place; or printf '%s\\n' $names
end

function __canon_on
    set -l names (__canon_words names)
    if contains -- "$names[1]" ${groups.join(" ")}
        test "$names[1..2]" = "$argv[1]"
    else
        test "$names[1]" = "$argv[1]"
    end
end

function __canon_addresses
    command canon completion --addresses (string replace -r -- '^--[a-z-]+=' '' (commandline -ct)) (__canon_words place) 2>/dev/null
end

complete -c canon -f
${globals.map((flag) => `complete -c canon ${flagWords(flag)}`).join("\n")}
${[...menus].flatMap(([group, words]) => words.map(([word, summary]) => `complete -c canon ${on(group)} -a ${word} -d ${quoted(summary)}`)).join("\n")}
${commands
  .flatMap(({ name, flags, operand }) => [
    ...flags.map((flag) => `complete -c canon ${on(name)} ${flagWords(flag)}`),
    ...(operand.length === 0 ? [] : [`complete -c canon ${on(name)} ${placeWords(operand)}`]),
  ])
  .join("\n")}
`;
}

function on(name: string): string {
  return `-n ${quoted(`__canon_on ${quoted(name)}`)}`;
}

/** `-l out -r -F -d 'save the plan'`. */
function flagWords({ flag, help, value }: CompletedFlag): string {
  const name = flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
  const place = value === null ? "" : value.length === 0 ? "-x " : `-r ${placeWords(value)} `;
  return `${name} ${place}-d ${quoted(help)}`;
}

function placeWords(place: Place): string {
  if (place === "addresses") return "-a '(__canon_addresses)'";
  if (place === "files") return "-F";
  return `-a ${quoted(place.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
