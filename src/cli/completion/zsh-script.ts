/** The completion script for zsh. */

import { shellQuoted, type CompletedFlag, type CompletionTable } from "./completion-table.ts";
import { operandCases, valueCases } from "./shell-cases.ts";

export function zshScript(table: CompletionTable): string {
  const { commands, globals, menus } = table;
  const groups = [...menus.keys()].filter((group) => group !== "");
  return `#compdef canon
# Completion of canon in zsh. Made by: canon completion zsh
# For this shell: source <(canon completion zsh)
# For good:       canon completion zsh > ~/.zfunc/_canon, with fpath+=~/.zfunc before compinit

_canon_words() {
  compadd -- \${=1}
}

_canon_files() {
  _files
}

# What comes from the outside is only ever read as lines, never expanded.
_canon_addresses() {
  local line
  local -a folders=() others=() shown=()
  while IFS= read -r line; do
    if [[ $line == */ ]]; then
      folders+=("$line")
    else
      others+=("\${line%%$'\\t'*}")
      shown+=("\${line//$'\\t'/  }")
    fi
  done < <(command canon completion --addresses "\${(Q)PREFIX}" "\${place[@]}" 2>/dev/null)
  compadd -S '' -a folders
  compadd -l -d shown -a others
}

_canon() {
  local name= previous=\${words[CURRENT - 1]-} word index
  local -a names=() place=() menu=() flags=()
  for ((index = 2; index < CURRENT; index++)); do
    word=\${words[index]}
    case $word in
      (-C | --config) index=$((index + 1)); place+=("$word" "\${(Q)words[index]}") ;;
      (-*) ;;
      (*) names+=("$word") ;;
    esac
  done
  name=\${names[1]-}
  case $name in
    (${groups.join(" | ")}) (( \${#names} > 1 )) && name="$name \${names[2]}" ;;
  esac
  case "$name $previous" in
${valueCases(table)}
  esac
  if [[ $PREFIX == -* ]]; then
    case $name in
${commands
  .filter(({ flags }) => flags.length > 0)
  .map(({ name, flags }) => `      ${shellQuoted(name)}) flags=(${described(flags)}) ;;`)
  .join("\n")}
    esac
    flags+=(${described(globals)})
    _describe -o flag flags
    return
  fi
  case $name in
${[...menus].map(([group, words]) => `    ${group === "" ? "''" : group}) menu=(${words.map(([word, summary]) => entry(word, summary)).join(" ")}); _describe command menu ;;`).join("\n")}
${operandCases(table)}
  esac
}

if [[ \${funcstack[1]-} == _canon ]]; then
  _canon "$@"
else
  compdef _canon canon
fi
`;
}

function described(flags: readonly CompletedFlag[]): string {
  return flags.map(({ flag, help }) => entry(flag, help)).join(" ");
}

/** zsh parts a word from what it does by the first colon. */
function entry(word: string, help: string): string {
  return shellQuoted(`${word.replaceAll(":", "\\:")}:${help}`);
}
