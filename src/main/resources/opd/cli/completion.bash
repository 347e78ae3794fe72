# Completion of opd in bash. Written by: opd completion bash
# Doctors, today's slots and tokens come from a file in the cache folder. No Java is started for a TAB: when
# the file is a minute old it is written anew behind your back, and the next TAB has it.

@TABLE@

__opd_file() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/opd
  printf '%s/completion-%s' "$folder" "${1//[^a-z0-9_]/}"
}

# Writes the file anew: program, file, and the options that choose the hospital.
__opd_refresh() (
  program=$1 file=$2
  shift 2
  umask 077
  mkdir -p "${file%/*}" || exit
  printf -v now '%(%s)T' -1
  { printf 'time %s\n' "$now"; "$program" completion values --timeout 5 "$@"; } \
    >"$file.$BASHPID" 2>/dev/null </dev/null
  mv -f "$file.$BASHPID" "$file"
)

# Reads the values of a kind into the array values.
__opd_live() {
  local kind=$1 program=$2 facility=$3 file now first value rest
  local -a choice=()
  if [[ -n $facility ]]; then choice=(--facility "$facility"); fi
  file=$(__opd_file "${facility:-${OPD_FACILITY:-}}")
  if [[ ! -r $file ]]; then
    __opd_refresh "$program" "$file" "${choice[@]}"
  fi
  values=()
  [[ -r $file ]] || return
  printf -v now '%(%s)T' -1
  while read -r first value rest; do
    if [[ $first == time ]]; then
      if ((now - value > 60)); then
        (__opd_refresh "$program" "$file" "${choice[@]}" &) >/dev/null 2>&1
      fi
    elif [[ $first == "$kind" ]]; then
      values+=("$value")
    fi
  done <"$file"
}

_opd() {
  local commands options valued argument path='' facility='' kind='' word last value index
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local -a values=()
  COMPREPLY=()
  if [[ $current == = ]]; then current='' previous=${COMP_WORDS[COMP_CWORD - 1]}; fi
  if [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi
  __opd_table ''
  last=
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ $word == = ]]; then continue; fi
    if [[ -n $last ]]; then
      if [[ $last == --facility ]]; then facility=$word; fi
      last=
    elif [[ $word == -* ]]; then
      if [[ " $valued" == *" $word="* ]]; then last=$word; fi
    elif [[ " $commands " == *" $word "* ]]; then
      path=${path:+$path }$word
      __opd_table "$path"
    fi
  done
  if [[ $previous == -* && " $valued" == *" $previous="* ]]; then
    kind=" $valued "
    kind=${kind#*" $previous="}
    kind=${kind%% *}
  elif [[ $current == -* ]]; then
    read -ra values <<<"$options"
  elif [[ -n $commands ]]; then
    read -ra values <<<"$commands"
  else
    kind=$argument
  fi
  case $kind in
    '') ;;
    file)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    doctor | slot | token) __opd_live "$kind" "${COMP_WORDS[0]}" "$facility" ;;
    *) IFS=, read -ra values <<<"$kind" ;;
  esac
  for value in "${values[@]}"; do
    if [[ ${value^^} == "${current^^}"* ]]; then COMPREPLY+=("$value"); fi
  done
}

complete -F _opd opd
