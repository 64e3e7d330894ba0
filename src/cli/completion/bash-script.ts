/** The completion script for bash, from 3.2 (macOS) on. */

import { shellQuoted, type CompletedFlag, type CompletionTable } from "./completion-table.ts";
import { operandCases, valueCases } from "./shell-cases.ts";

export function bashScript(table: CompletionTable): string {
  const { commands, globals, menus } = table;
  const groups = [...menus.keys()].filter((group) => group !== "");
  return `# Completion of canon in bash. Made by: canon completion bash
# For this shell: source <(canon completion bash)
# For good:       canon completion bash > ~/.local/share/bash-completion/completions/canon

# What comes from the outside is only ever read as lines, never expanded.
_canon_lines() {
  local line
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ $line == *[!A-Za-z0-9_./#@%+:,-]* ]] && line=$(printf '%q' "$line")
    COMPREPLY+=("$line")
  done
}

_canon_words() {
  _canon_lines < <(compgen -W "$1" -- "$cur")
}

_canon_files() {
  compopt -o filenames 2>/dev/null
  while IFS= read -r; do COMPREPLY+=("$REPLY"); done < <(compgen -f -- "$cur")
}

_canon_addresses() {
  _canon_lines < <(command canon completion --addresses "\${cur//\\\\/}" \${place[@]+"\${place[@]}"} 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
  return 0
}

_canon() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} name= word index
  local -a names=() place=()
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case $word in
      -C | --config) index=$((index + 1)); place+=("$word" "\${COMP_WORDS[index]}") ;;
      -*) ;;
      *) names+=("$word") ;;
    esac
  done
  name=\${names[0]-}
  case $name in
    ${groups.join(" | ")}) [[ \${#names[@]} -gt 1 ]] && name="$name \${names[1]}" ;;
  esac
  case "$name $previous" in
${valueCases(table)}
  esac
  if [[ $cur == -* ]]; then
    local flags=
    case $name in
${commands
  .filter(({ flags }) => flags.length > 0)
  .map(({ name, flags }) => `      ${shellQuoted(name)}) flags=${wordsOf(flags)} ;;`)
  .join("\n")}
    esac
    _canon_words "$flags "${wordsOf(globals)}
    return
  fi
  case $name in
${[...menus].map(([group, words]) => `    ${group === "" ? "''" : group}) _canon_words ${shellQuoted(words.map(([word]) => word).join(" "))} ;;`).join("\n")}
${operandCases(table)}
  esac
  return 0
}

complete -F _canon canon
`;
}

function wordsOf(flags: readonly CompletedFlag[]): string {
  return shellQuoted(flags.map(({ flag }) => flag).join(" "));
}
